package dev.genfleet.importer.dit;

import dev.genfleet.importer.SafetensorsWriter;
import dev.genfleet.importer.Tensor;
import dev.genfleet.importer.checkpoint.Checkpoint;
import dev.genfleet.importer.checkpoint.DataType;
import dev.genfleet.importer.checkpoint.Safetensors;
import dev.genfleet.importer.family.Emission;
import dev.genfleet.importer.onnx.GraphBuilder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;

/** DiTs of any size with random weights (no zero-initialised ones), the same for the same shape. */
final class RandomDit {

    private RandomDit() {}

    static DitShape shape(int width, int depth, int heads, int patch, int side) {
        return new DitShape(width, depth, heads, patch, 4, 8, side / patch, 4 * width, 1001, 1000);
    }

    static Map<String, Tensor> weights(DitShape shape) {
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        SplittableRandom random = new SplittableRandom(17);
        int width = shape.width();
        int cells = shape.patch() * shape.patch();
        tensors.put("pos_embed", normal(random, 1, 1, shape.tokens(), width));
        put(tensors, random, "x_embedder.proj", width, shape.channels(), shape.patch(), shape.patch());
        put(tensors, random, "t_embedder.mlp.0", width, 256);
        put(tensors, random, "t_embedder.mlp.2", width, width);
        tensors.put("y_embedder.embedding_table.weight", normal(random, 1, shape.labels(), width));
        for (int i = 0; i < shape.depth(); i++) {
            String block = "blocks." + i;
            put(tensors, random, block + ".attn.qkv", 3L * width, width);
            put(tensors, random, block + ".attn.proj", width, width);
            put(tensors, random, block + ".mlp.fc1", shape.mlpWidth(), width);
            put(tensors, random, block + ".mlp.fc2", width, shape.mlpWidth());
            put(tensors, random, block + ".adaLN_modulation.1", 6L * width, width);
        }
        put(tensors, random, "final_layer.adaLN_modulation.1", 2L * width, width);
        put(tensors, random, "final_layer.linear", (long) cells * shape.outputChannels(), width);
        return tensors;
    }

    /** Writes checkpoint and graph into {@code folder}; returns the graph. */
    static Path emit(Path folder, DitShape shape, Map<String, Tensor> weights, DataType type) throws Exception {
        Path file = SafetensorsWriter.write(folder.resolve("model.safetensors"), weights, type);
        Checkpoint checkpoint = Safetensors.open(file);
        GraphBuilder graph = Emission.graph(new DitArchitecture(shape), checkpoint);
        return Files.write(folder.resolve("model.onnx"), graph.toBytes());
    }

    /** {@code rows} rows of input, each of its own timestep and label; row i is the same whatever the number of rows. */
    static Map<String, Tensor> inputs(DitShape shape, int rows) {
        SplittableRandom random = new SplittableRandom(4);
        float[] timesteps = new float[rows];
        float[] labels = new float[rows];
        for (int i = 0; i < rows; i++) {
            timesteps[i] = 999 - 37 * i;
            labels[i] = 7 * i;
        }
        return Map.of(
                "latents",
                normal(random, 1, rows, shape.channels(), shape.side(), shape.side()),
                "timesteps",
                new Tensor(timesteps, rows),
                "class_labels",
                new Tensor(labels, rows));
    }

    private static void put(Map<String, Tensor> tensors, SplittableRandom random, String key, long... shape) {
        long inputs = 1;
        for (int i = 1; i < shape.length; i++) {
            inputs *= shape[i];
        }
        tensors.put(key + ".weight", normal(random, 0.7 / Math.sqrt((double) inputs), shape));
        tensors.put(key + ".bias", normal(random, 0.05, shape[0]));
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
