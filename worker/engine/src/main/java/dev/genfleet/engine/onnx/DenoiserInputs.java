package dev.genfleet.engine.onnx;

import ai.onnxruntime.TensorInfo;
import dev.genfleet.engine.device.Motion;
import dev.genfleet.engine.device.RowConditioning;
import dev.genfleet.engine.device.TokenVectors;
import dev.genfleet.model.LatentShape;
import dev.genfleet.model.ModelConditioning;
import dev.genfleet.model.ModelManifest;
import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The rows of all inputs that a manifest names, in buffers of the types that the graph asks for. */
final class DenoiserInputs {

    private final Arena arena;
    private final Map<String, TensorInfo> graph;
    private final int maxRows;
    private final List<RowInput> all = new ArrayList<>();
    private final RowInput latents;
    private final RowInput timesteps;
    private final Optional<RowInput> classLabels;
    private final List<RowInput> states = new ArrayList<>();
    private final List<Optional<RowInput>> masks = new ArrayList<>();
    private final Optional<RowInput> pooled;
    private final Optional<RowInput> motion;
    private final RowConditioning[] written;

    /**
     * Buffers for rows of one shape.
     *
     * @param arena whose closing frees them
     * @param graph types and shapes of the inputs
     */
    DenoiserInputs(Arena arena, ModelManifest manifest, Map<String, TensorInfo> graph, LatentShape shape, int maxRows) {
        this.arena = arena;
        this.graph = graph;
        this.maxRows = maxRows;
        this.written = new RowConditioning[maxRows];
        ModelManifest.Denoiser names = manifest.denoiser();
        latents = input(names.latents(), LatentAxes.row(manifest, shape));
        timesteps = timesteps(names);
        classLabels = names.classLabels().map(name -> input(name));
        if (manifest.conditioning() instanceof ModelConditioning.Captions captions) {
            for (int i = 0; i < names.text().size(); i++) {
                ModelConditioning.TextEncoder encoder = captions.textEncoders().get(i);
                states.add(input(names.text().get(i).hiddenStates(), encoder.tokens(), encoder.width()));
                masks.add(names.text().get(i).attentionMask().map(name -> input(name, encoder.tokens())));
            }
        }
        pooled = names.pooled().map(name -> input(name, width(name)));
        motion = names.motion().map(name -> input(name));
        int cell = manifest.latent().downsampling();
        double height = shape.height() * (double) cell;
        double width = shape.width() * (double) cell;
        names.resolution().ifPresent(name -> everyRow(input(name, 2), height, width));
        names.aspectRatio().ifPresent(name -> everyRow(input(name, 1), height / width));
    }

    List<RowInput> all() {
        return all;
    }

    RowInput latents() {
        return latents;
    }

    void timestep(int row, float timestep) {
        timesteps.rows().put(row, 0, timestep);
    }

    void motion(int row, Motion given) {
        motion.ifPresent(input -> input.rows().put(row, 0, (double) given.input()));
    }

    /** Writes a row's conditioning, unless it is there already. */
    void condition(int row, RowConditioning conditioning) {
        if (written[row] == conditioning) {
            return;
        }
        written[row] = conditioning;
        switch (conditioning) {
            case RowConditioning.OfClass ofClass ->
                classLabels.orElseThrow().rows().put(row, 0, (double) ofClass.label());
            case RowConditioning.OfCaption ofCaption -> {
                for (int i = 0; i < states.size(); i++) {
                    write(row, i, ofCaption.texts().get(i));
                }
                pooled.ifPresent(input -> input.rows()
                        .put(row, ofCaption.texts().getFirst().pooled().orElseThrow()));
            }
        }
    }

    private void write(int row, int encoder, TokenVectors text) {
        states.get(encoder).rows().put(row, text.states());
        masks.get(encoder).ifPresent(input -> {
            long[] mask = text.mask();
            for (int token = 0; token < mask.length; token++) {
                input.rows().put(row, token, (double) mask[token]);
            }
        });
    }

    private RowInput timesteps(ModelManifest.Denoiser names) {
        if (!BatchForm.of(names, graph).oneTimestep()) {
            return input(names.timesteps());
        }
        TensorInfo info = graph.get(names.timesteps());
        RowInput once = new RowInput(
                names.timesteps(), RowInput.Form.ONCE, RowBuffer.of(arena, info.type, maxRows, 1), info.getShape());
        all.add(once);
        return once;
    }

    private RowInput input(String name, long... rowShape) {
        RowBuffer rows = RowBuffer.of(arena, graph.get(name).type, maxRows, RowInput.elements(rowShape));
        RowInput input = new RowInput(name, RowInput.Form.EACH_ROW, rows, rowShape);
        all.add(input);
        return input;
    }

    private long width(String name) {
        long[] shape = graph.get(name).getShape();
        return shape[shape.length - 1];
    }

    private void everyRow(RowInput input, double... values) {
        for (int row = 0; row < maxRows; row++) {
            for (int i = 0; i < values.length; i++) {
                input.rows().put(row, i, values[i]);
            }
        }
    }
}
