package dev.genfleet.importer.gentron;

import dev.genfleet.importer.Golden;
import dev.genfleet.importer.SafetensorsWriter;
import dev.genfleet.importer.Tensor;
import dev.genfleet.importer.checkpoint.Checkpoint;
import dev.genfleet.importer.checkpoint.DataType;
import dev.genfleet.importer.checkpoint.Safetensors;
import dev.genfleet.importer.checkpoint.StoredTensor;
import dev.genfleet.importer.family.Conditioned.Text;
import dev.genfleet.importer.family.Emission;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.IntUnaryOperator;

/** Weights and inputs of small GenTrons: golden ones as a map to be edited, or random ones of any architecture. */
final class TinyGentron {

    private TinyGentron() {}

    /** The golden model's tensors by key. */
    static Map<String, Tensor> golden(String name) throws Exception {
        Golden model = Golden.open(name + "/model.safetensors");
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        for (StoredTensor stored : model.values().tensors()) {
            tensors.put(stored.name(), model.tensor(stored.name()));
        }
        return tensors;
    }

    /** Random weights, none of them zero, the same for the same architecture. */
    static Map<String, Tensor> random(GentronArchitecture architecture) {
        SplittableRandom random = new SplittableRandom(23);
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        for (StoredTensor key : Emission.keys(architecture)) {
            long[] shape = key.shape().stream().mapToLong(Long::longValue).toArray();
            double deviation = shape.length == 1 ? 0.05 : 0.7 / Math.sqrt((double) key.elements() / shape[0]);
            tensors.put(key.name(), normal(random, deviation, shape));
        }
        return tensors;
    }

    /**
     * Random inputs, each row with a timestep, a caption's length and, in videos, a motion flag of its own.
     *
     * @param latent dimensions of one row's latents
     */
    static Map<String, Tensor> inputs(GentronArchitecture architecture, int rows, long... latent) {
        SplittableRandom random = new SplittableRandom(5);
        Map<String, Tensor> inputs = new HashMap<>();
        inputs.put("latents", normal(random, 1, rows(rows, latent)));
        inputs.put("timesteps", new Tensor(column(rows, row -> 999 - 61 * row), rows));
        int index = 0;
        for (Text text : architecture.text().encoders()) {
            String suffix = index++ == 0 ? "" : "_2";
            int tokens = 7 + index;
            inputs.put("encoder_hidden_states" + suffix, normal(random, 1, rows, tokens, text.width()));
            float[] mask = new float[rows * tokens];
            for (int i = 0; i < mask.length; i++) {
                mask[i] = i % tokens <= Math.floorDiv(i, tokens) ? 1 : 0;
            }
            inputs.put("encoder_attention_mask" + suffix, new Tensor(mask, rows, tokens));
        }
        inputs.put(
                "pooled_projections",
                normal(random, 1, rows, architecture.text().pooled().orElseThrow()));
        if (architecture.takesMotion()) {
            inputs.put("motion", new Tensor(column(rows, row -> row % 3 == 1 ? 0 : 1), rows));
        }
        return inputs;
    }

    /** The map without some keys. */
    static Map<String, Tensor> without(Map<String, Tensor> inputs, String... names) {
        Map<String, Tensor> rest = new HashMap<>(inputs);
        for (String name : names) {
            rest.remove(name);
        }
        return rest;
    }

    /** The checkpoint of these tensors in a folder of its own. */
    static Checkpoint checkpoint(Path parent, Map<String, Tensor> tensors) throws Exception {
        Path file = Files.createTempDirectory(parent, "tiny").resolve("model.safetensors");
        return Safetensors.open(SafetensorsWriter.write(file, tensors, DataType.F32));
    }

    private static float[] column(int rows, IntUnaryOperator value) {
        float[] column = new float[rows];
        for (int row = 0; row < rows; row++) {
            column[row] = value.applyAsInt(row);
        }
        return column;
    }

    private static long[] rows(int rows, long... rest) {
        long[] shape = new long[rest.length + 1];
        shape[0] = rows;
        System.arraycopy(rest, 0, shape, 1, rest.length);
        return shape;
    }

    private static Tensor normal(SplittableRandom random, double deviation, long... shape) {
        long size = 1;
        for (long side : shape) {
            size *= side;
        }
        float[] values = new float[Math.toIntExact(size)];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) (random.nextGaussian() * deviation);
        }
        return new Tensor(values, shape);
    }
}
