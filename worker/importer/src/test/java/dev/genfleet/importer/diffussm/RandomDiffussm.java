package dev.genfleet.importer.diffussm;

import dev.genfleet.importer.SafetensorsWriter;
import dev.genfleet.importer.Tensor;
import dev.genfleet.importer.checkpoint.Checkpoint;
import dev.genfleet.importer.checkpoint.DataType;
import dev.genfleet.importer.checkpoint.Safetensors;
import dev.genfleet.importer.checkpoint.StoredTensor;
import dev.genfleet.importer.family.Conditioned.Encoder;
import dev.genfleet.importer.family.Conditioned.Text;
import dev.genfleet.importer.family.Emission;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** DiffuSSMs of any size with random weights (no zero-initialised ones), the same for the same shape. */
final class RandomDiffussm {

    static final Conditions CLASSES = new Conditions.Classes(11, 10);

    private static final int CHANNELS = 4;

    private RandomDiffussm() {}

    /** Two blocks on classes with a learned variance. */
    static DiffussmShape shape(int width, int grouping, int rows, int columns) {
        return new DiffussmShape(width, 2, grouping, 8, CHANNELS, 2 * CHANNELS, rows, columns, CLASSES);
    }

    /** The same, without a learned variance, on captions of texts of those widths. */
    static DiffussmShape captioned(DiffussmShape shape, int heads, int... widths) {
        List<Text> texts = widths.length == 1
                ? List.of(new Text(Encoder.CLIP, widths[0], 77))
                : List.of(new Text(Encoder.CLIP, widths[0], 77), new Text(Encoder.T5, widths[1], 120));
        return new DiffussmShape(
                shape.width(),
                shape.depth(),
                shape.grouping(),
                shape.pairs(),
                shape.channels(),
                shape.channels(),
                shape.rows(),
                shape.columns(),
                new Conditions.Captions(heads, widths[0], texts));
    }

    static Map<String, Tensor> weights(DiffussmShape shape) {
        SplittableRandom random = new SplittableRandom(23);
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        for (StoredTensor key : Emission.keys(new DiffussmArchitecture(shape))) {
            long[] sides = key.shape().stream().mapToLong(Long::longValue).toArray();
            tensors.put(key.name(), tensor(random, key.name(), sides));
        }
        return tensors;
    }

    /** Writes checkpoint, graph and derived weights into {@code folder}; returns the graph. */
    static Path emit(Path folder, DiffussmShape shape, Map<String, Tensor> weights) throws Exception {
        Checkpoint checkpoint =
                Safetensors.open(SafetensorsWriter.write(folder.resolve("model.safetensors"), weights, DataType.F32));
        return Emitted.write(folder, Emission.graph(new DiffussmArchitecture(shape), checkpoint));
    }

    /** {@code rows} rows of input, each of its own timestep and label or caption. */
    static Map<String, Tensor> inputs(DiffussmShape shape, int rows) {
        SplittableRandom random = new SplittableRandom(4);
        Map<String, Tensor> inputs = new LinkedHashMap<>();
        inputs.put("latents", normal(random, 1, rows, shape.channels(), shape.rows(), shape.columns()));
        float[] timesteps = new float[rows];
        for (int i = 0; i < rows; i++) {
            timesteps[i] = 999.5f - 37 * i;
        }
        inputs.put("timesteps", new Tensor(timesteps, rows));
        switch (shape.conditions()) {
            case Conditions.Classes classes -> {
                float[] labels = new float[rows];
                for (int i = 0; i < rows; i++) {
                    labels[i] = 7 * i % classes.labels();
                }
                inputs.put("class_labels", new Tensor(labels, rows));
            }
            case Conditions.Captions captions -> {
                inputs.put("pooled_projections", normal(random, 1, rows, captions.pooledWidth()));
                for (int i = 0; i < captions.texts().size(); i++) {
                    String suffix = i == 0 ? "" : "_2";
                    int words = 5 + 2 * i;
                    inputs.put(
                            "encoder_hidden_states" + suffix,
                            normal(
                                    random,
                                    1,
                                    rows,
                                    words,
                                    captions.texts().get(i).width()));
                    inputs.put("encoder_attention_mask" + suffix, mask(rows, words));
                }
            }
        }
        return inputs;
    }

    /** As many ones as the row's number allows, at least two. */
    private static Tensor mask(int rows, int words) {
        float[] mask = new float[rows * words];
        for (int i = 0; i < mask.length; i++) {
            mask[i] = i % words < 2 + Math.floorDiv(i, words) ? 1 : 0;
        }
        return new Tensor(mask, rows, words);
    }

    private static Tensor tensor(SplittableRandom random, String key, long... sides) {
        String last = key.substring(key.lastIndexOf('.') + 1);
        Tensor drawn = normal(random, 1, sides);
        float[] values = drawn.values();
        for (int i = 0; i < values.length; i++) {
            values[i] = (float)
                    switch (last) {
                        case "log_dt" -> Math.log(1e-3) + random.nextDouble() * Math.log(100);
                        case "log_A_real" -> Math.log(0.5) + 0.1 * values[i];
                        case "A_imag" -> Math.PI * (i % sides[1]) + 0.1 * values[i];
                        case "C", "D" -> values[i];
                        case "bias" -> 0.05 * values[i];
                        default -> values[i] * 0.7 / Math.sqrt((double) sides[sides.length - 1]);
                    };
        }
        return drawn;
    }

    private static Tensor normal(SplittableRandom random, double deviation, long... shape) {
        long size = 1;
        for (long side : shape) {
            size *= side;
        }
        float[] values = new float[(int) size];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) (random.nextGaussian() * deviation);
        }
        return new Tensor(values, shape);
    }
}
