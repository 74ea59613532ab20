package dev.genfleet.importer.dit;

import dev.genfleet.importer.OrtGraph;
import dev.genfleet.importer.SafetensorsWriter;
import dev.genfleet.importer.Tensor;
import dev.genfleet.importer.checkpoint.DataType;
import dev.genfleet.importer.checkpoint.Safetensors;
import dev.genfleet.importer.family.Emission;
import dev.genfleet.importer.onnx.Graph;
import dev.genfleet.importer.precision.Forms;
import dev.genfleet.importer.precision.GraphForm;
import dev.genfleet.importer.precision.Operators;
import dev.genfleet.importer.precision.Precision;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Converts a DiT-S/2 with random weights into every form and measures how many bytes of the checkpoint are converted in a second at
 * best;
 * then runs the forms' forwards (latents 4x32x32, batch 2) round-robin and prints each one's time, its speed relative to the
 * graph as written (above 1: faster) and its error relative to that graph's results.
 *
 * <p>Arguments: an empty folder, number of rounds, threads.
 */
final class DitFormsBenchmark {

    private static final PrintStream OUT = System.out;
    private static final int WARM_UP = 2;
    private static final int WRITINGS = 5;

    private DitFormsBenchmark() {}

    public static void main(String[] arguments) throws Exception {
        Path folder = Files.createDirectories(Path.of(arguments[0]));
        int rounds = Integer.parseInt(arguments[1]);
        int threads = Integer.parseInt(arguments[2]);
        DitShape shape = RandomDit.shape(384, 12, 6, 2, 32);
        Path checkpoint = folder.resolve("checkpoint.safetensors");
        if (!Files.exists(checkpoint)) {
            SafetensorsWriter.write(checkpoint, RandomDit.weights(shape), DataType.F32);
        }
        Graph graph = Emission.graph(new DitArchitecture(shape), Safetensors.open(checkpoint))
                .finish();
        Map<GraphForm, OrtGraph> graphs = new LinkedHashMap<>();
        try {
            for (Precision precision : Precision.values()) {
                for (Operators operators : Operators.values()) {
                    GraphForm form = new GraphForm(precision, operators);
                    double seconds = Double.MAX_VALUE;
                    Path model = folder;
                    for (int writing = 0; writing < WRITINGS; writing++) {
                        Path place = Files.createTempDirectory(folder, precision.wireName());
                        long begun = System.nanoTime();
                        model = Forms.write(place, graph, form);
                        seconds = Math.min(seconds, (System.nanoTime() - begun) / 1e9);
                    }
                    OUT.printf(
                            "%s %s: written in %.2f s, %.2f GB/s%n",
                            precision.wireName(),
                            operators.wireName(),
                            seconds,
                            Files.size(checkpoint) / seconds / 1e9);
                    if (precision != Precision.FP16) { // ONNX Runtime's CPU provider takes a minute for it
                        graphs.put(form, new OrtGraph(model, threads));
                    }
                }
            }
            measure(graphs, RandomDit.inputs(shape, 2), rounds);
        } finally {
            for (OrtGraph open : graphs.values()) {
                open.close();
            }
        }
    }

    private static void measure(Map<GraphForm, OrtGraph> graphs, Map<String, Tensor> inputs, int rounds)
            throws Exception {
        Map<GraphForm, List<Double>> times = new LinkedHashMap<>();
        for (int round = -WARM_UP; round < rounds; round++) {
            for (Map.Entry<GraphForm, OrtGraph> graph : graphs.entrySet()) {
                long begun = System.nanoTime();
                graph.getValue().run(inputs);
                if (round >= 0) {
                    times.computeIfAbsent(graph.getKey(), form -> new ArrayList<>())
                            .add((System.nanoTime() - begun) / 1e6);
                }
            }
        }
        Tensor expected = graphs.get(GraphForm.AS_WRITTEN).run(inputs);
        double[] baseline = sorted(times.get(GraphForm.AS_WRITTEN));
        for (Map.Entry<GraphForm, OrtGraph> graph : graphs.entrySet()) {
            double[] sorted = sorted(times.get(graph.getKey()));
            OUT.printf(
                    "%s %s: min %.1f ms, median %.1f ms, speed min %.2f, median %.2f, relative error %.2e%n",
                    graph.getKey().precision().wireName(),
                    graph.getKey().operators().wireName(),
                    sorted[0],
                    sorted[rounds / 2],
                    baseline[0] / sorted[0],
                    baseline[rounds / 2] / sorted[rounds / 2],
                    graph.getValue().run(inputs).relativeError(expected));
        }
    }

    private static double[] sorted(List<Double> times) {
        return times.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    }
}
