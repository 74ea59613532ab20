package dev.genfleet.importer.dit;

import dev.genfleet.importer.SafetensorsWriter;
import dev.genfleet.importer.Tensor;
import dev.genfleet.importer.checkpoint.Checkpoint;
import dev.genfleet.importer.checkpoint.DataType;
import dev.genfleet.importer.checkpoint.Safetensors;
import dev.genfleet.importer.checkpoint.StoredTensor;
import dev.genfleet.importer.family.Emission;
import dev.genfleet.importer.onnx.GraphBuilder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.LongStream;

/** DiTs of any size with random weights (no zero-initialised ones), the same for the same shape. */
final class RandomDit {

    private RandomDit() {}

    static DitShape shape(int width, int depth, int heads, int patch, int side) {
        return new DitShape(width, depth, heads, patch, 4, 8, side / patch, 4 * width, 1001, 1000);
    }

    static Map<String, Tensor> weights(DitShape shape) {
        return weights(new DitArchitecture(shape));
    }

    static Map<String, Tensor> weights(DitArchitecture dit) {
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        SplittableRandom random = new SplittableRandom(17);
        for (StoredTensor key : Emission.keys(dit)) {
            long[] shape = key.shape().stream().mapToLong(Long::longValue).toArray();
            tensors.put(key.name(), normal(random, deviation(key.name(), shape), shape));
        }
        return tensors;
    }

    private static double deviation(String key, long... shape) {
        if (key.equals("pos_embed") || key.startsWith("y_embedder")) {
            return 1;
        }
        long inputs = LongStream.of(shape).skip(1).reduce(1, Math::multiplyExact);
        return shape.length == 1 ? key.endsWith(".bias") ? 0.05 : 1 : 0.7 / Math.sqrt((double) inputs);
    }

    /** Writes checkpoint and graph into {@code folder}; returns the graph. */
    static Path emit(Path folder, DitShape shape, Map<String, Tensor> weights, DataType type) throws Exception {
        return emit(folder, new DitArchitecture(shape), weights, type);
    }

    /** Writes checkpoint and graph into {@code folder}; returns the graph. */
    static Path emit(Path folder, DitArchitecture dit, Map<String, Tensor> weights, DataType type) throws Exception {
        Path file = SafetensorsWriter.write(folder.resolve("model.safetensors"), weights, type);
        Checkpoint checkpoint = Safetensors.open(file);
        GraphBuilder graph = Emission.graph(dit, checkpoint);
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
