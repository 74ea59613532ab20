package dev.genfleet.importer.adalnsingle;

import dev.genfleet.importer.SafetensorsWriter;
import dev.genfleet.importer.Tensor;
import dev.genfleet.importer.checkpoint.Checkpoint;
import dev.genfleet.importer.checkpoint.DataType;
import dev.genfleet.importer.checkpoint.Safetensors;
import dev.genfleet.importer.checkpoint.StoredTensor;
import dev.genfleet.importer.family.Architecture;
import dev.genfleet.importer.family.Emission;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Collectors;

/** Checkpoints of any architecture with random weights (no zero-initialised ones), and inputs. */
public final class RandomCheckpoint {

    private RandomCheckpoint() {}

    /** A small shape of the published proportions: 4 latent channels, learned variance, patch 2. */
    public static AdaLnSingleShape shape(int width, int heads, int sampleSize) {
        return new AdaLnSingleShape(width, 2, heads, 2, 4, 8, 4 * width, 40, sampleSize, 1);
    }

    /** By key, in the graph's order. */
    public static Map<String, Tensor> weights(Architecture architecture) {
        SplittableRandom random = new SplittableRandom(23);
        Map<String, Tensor> weights = new LinkedHashMap<>();
        for (StoredTensor key : Emission.keys(architecture)) {
            long[] shape = key.shape().stream().mapToLong(Long::longValue).toArray();
            double inputs = (double) key.elements() / shape[0];
            boolean matrix = shape.length > 1 && !key.name().endsWith("table");
            weights.put(key.name(), normal(random, matrix ? 0.7 / Math.sqrt(inputs) : 0.2, shape));
        }
        return weights;
    }

    /** Writes checkpoint and graph into {@code folder}; returns the graph. */
    public static Path emit(Path folder, Architecture architecture, Map<String, Tensor> weights) throws Exception {
        Files.createDirectories(folder);
        Checkpoint checkpoint =
                Safetensors.open(SafetensorsWriter.write(folder.resolve("model.safetensors"), weights, DataType.F32));
        return Files.write(
                folder.resolve("model.onnx"),
                Emission.graph(architecture, checkpoint).toBytes());
    }

    /** Inputs of {@code rows} rows with captions of different lengths; {@code sides} of the latents follow the channels. */
    public static Map<String, Tensor> inputs(int rows, int captionWidth, long... sides) {
        SplittableRandom random = new SplittableRandom(4);
        int tokens = 7;
        float[] timesteps = new float[rows];
        float[] mask = new float[rows * tokens];
        for (int i = 0; i < rows; i++) {
            timesteps[i] = 999 - 37 * i;
            for (int token = 0; token < tokens; token++) {
                mask[i * tokens + token] = token <= i % tokens ? 1 : 0;
            }
        }
        long[] latents = new long[sides.length + 2];
        latents[0] = rows;
        latents[1] = 4;
        System.arraycopy(sides, 0, latents, 2, sides.length);
        Map<String, Tensor> inputs = new LinkedHashMap<>();
        inputs.put("latents", normal(random, 1, latents));
        inputs.put("timesteps", new Tensor(timesteps, rows));
        inputs.put("encoder_hidden_states", normal(random, 1, rows, tokens, captionWidth));
        inputs.put("encoder_attention_mask", new Tensor(mask, rows, tokens));
        return inputs;
    }

    /** Rows {@code from} to {@code to}, exclusive, of every input. */
    public static Map<String, Tensor> rows(Map<String, Tensor> inputs, int from, int to) {
        return inputs.entrySet().stream().collect(Collectors.toMap(Map.Entry::getKey, input -> input.getValue()
                .rows(from, to)));
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
