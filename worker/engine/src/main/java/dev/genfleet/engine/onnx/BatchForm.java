package dev.genfleet.engine.onnx;

import ai.onnxruntime.TensorInfo;
import dev.genfleet.model.ModelManifest;
import java.util.Map;
import java.util.OptionalInt;

/**
 * What a graph takes at once.
 *
 * @param fixedRows its batch where that is a number; empty where any is possible
 * @param oneTimestep whether it takes a single timestep for all rows, as a scalar or as one number
 */
record BatchForm(OptionalInt fixedRows, boolean oneTimestep) {

    /** Reads it off the shapes of the graph's inputs. */
    static BatchForm of(ModelManifest.Denoiser names, Map<String, TensorInfo> inputs) {
        long batch = inputs.get(names.latents()).getShape()[0];
        long[] timesteps = inputs.get(names.timesteps()).getShape();
        return new BatchForm(
                batch > 0 ? OptionalInt.of(Math.toIntExact(batch)) : OptionalInt.empty(),
                timesteps.length == 0 || (timesteps[0] == 1 && batch != 1));
    }

    /** Whether any number of rows of any timesteps can share a forward. */
    boolean free() {
        return fixedRows.isEmpty() && !oneTimestep;
    }
}
