package dev.genfleet.importer.adalnsingle;

import dev.genfleet.importer.RandomWeights;
import dev.genfleet.importer.SafetensorsWriter;
import dev.genfleet.importer.Tensor;
import dev.genfleet.importer.checkpoint.Checkpoint;
import dev.genfleet.importer.checkpoint.DataType;
import dev.genfleet.importer.checkpoint.Safetensors;
import dev.genfleet.importer.family.Architecture;
import dev.genfleet.importer.family.Emission;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;

/** Small transformers with adaLN-single, and inputs for them. */
public final class SmallModels {

    private SmallModels() {}

    /** A small shape of the published proportions: 4 latent channels, learned variance, patch 2. */
    public static AdaLnSingleShape shape(int width, int heads, int sampleSize) {
        return new AdaLnSingleShape(width, 2, heads, 2, 4, 8, 4 * width, 40, sampleSize, 1);
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
        inputs.put("latents", RandomWeights.normal(random, 1, latents));
        inputs.put("timesteps", new Tensor(timesteps, rows));
        inputs.put("encoder_hidden_states", RandomWeights.normal(random, 1, rows, tokens, captionWidth));
        inputs.put("encoder_attention_mask", new Tensor(mask, rows, tokens));
        return inputs;
    }
}
