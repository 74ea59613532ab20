package dev.genfleet.importer.dit;

import dev.genfleet.importer.OrtGraph;
import dev.genfleet.importer.Tensor;
import dev.genfleet.importer.checkpoint.DataType;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * Measures the forward of a DiT-S/2 (12 blocks of width 384, latents 4x32x32, batch 2, 2 threads) with random weights in ONNX
 * Runtime, round-robin with other graphs of the same inputs in the same minutes, and prints each one's time and its ratio to the
 * emitted graph (above 1: the emitted graph is faster).
 *
 * <p>Set {@code ORT_DISABLE_TELEMETRY=1}, or start with a short command line: ONNX Runtime 1.29 crashes on long ones.
 *
 * <p>Arguments: a folder for checkpoint and graph (made when empty), number of rounds, other graphs.
 */
final class DitForwardBenchmark {

    private static final PrintStream OUT = System.out;
    private static final int WARM_UP = 3;

    private DitForwardBenchmark() {}

    public static void main(String[] arguments) throws Exception {
        Path folder = Files.createDirectories(Path.of(arguments[0]));
        DitShape shape = RandomDit.shape(384, 12, 6, 2, 32);
        Path emitted = folder.resolve("model.onnx");
        if (!Files.exists(emitted)) {
            RandomDit.emit(folder, shape, RandomDit.weights(shape), DataType.F32);
        }
        List<Path> models = new ArrayList<>(List.of(emitted));
        Arrays.stream(arguments).skip(2).map(Path::of).forEach(models::add);
        measure(models, RandomDit.inputs(shape, 2), Integer.parseInt(arguments[1]));
    }

    private static void measure(List<Path> models, Map<String, Tensor> inputs, int rounds) throws Exception {
        List<OrtGraph> graphs = new ArrayList<>();
        try {
            for (Path model : models) {
                graphs.add(new OrtGraph(model, 2));
            }
            Tensor reference = graphs.getFirst().run(inputs);
            double[][] milliseconds = new double[models.size()][rounds];
            for (int round = -WARM_UP; round < rounds; round++) {
                for (int i = 0; i < graphs.size(); i++) {
                    long begun = System.nanoTime();
                    graphs.get(i).run(inputs);
                    if (round >= 0) {
                        milliseconds[i][round] = (System.nanoTime() - begun) / 1e6;
                    }
                }
            }
            for (int i = 0; i < models.size(); i++) {
                double difference = graphs.get(i).run(inputs).distance(reference);
                report(models.get(i), milliseconds[i], milliseconds[0], difference);
            }
        } finally {
            for (OrtGraph graph : graphs) {
                graph.close();
            }
        }
    }

    private static void report(Path model, double[] times, double[] baseline, double difference) {
        OUT.printf(
                "%s: min %.1f ms, median %.1f ms, ratio min %.3f, ratio median %.3f, largest difference %.2e%n",
                model,
                quantile(times, 0),
                quantile(times, 0.5),
                quantile(times, 0) / quantile(baseline, 0),
                quantile(times, 0.5) / quantile(baseline, 0.5),
                difference);
    }

    private static double quantile(double[] values, double part) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[(int) (part * (sorted.length - 1))];
    }
}
