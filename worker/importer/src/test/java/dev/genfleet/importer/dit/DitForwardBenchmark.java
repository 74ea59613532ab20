package dev.genfleet.importer.dit;

import dev.genfleet.importer.Tensor;
import dev.genfleet.importer.checkpoint.DataType;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * Measures the forward of a DiT-S/2 (12 blocks of width 384, latents 4x32x32, batch 2) with random weights in ONNX Runtime,
 * round-robin with other graphs of the same inputs and with a program that answers every line with the time of a forward of its
 * own, and prints each one's times and their ratio to the emitted graph's (above 1: the emitted graph is faster). Processor time
 * is that of all threads, waiting ones that spin included.
 *
 * <p>{@code deploy/benchmarks/dit-forward} runs it. Arguments: a folder for checkpoint and graph (made when empty), number of
 * rounds (0: make them only), other graphs, {@code --}, the program and its arguments; the property {@code threads} is 2 unless
 * given.
 */
final class DitForwardBenchmark {

    private static final PrintStream OUT = System.out;
    private static final int WARM_UP = 3;
    private static final int THREADS = Integer.getInteger("threads", 2);
    private static final String PROGRAM = "--";

    private DitForwardBenchmark() {}

    public static void main(String[] arguments) throws Exception {
        Path folder = Files.createDirectories(Path.of(arguments[0]));
        DitShape shape = DitArchitecture.published(DitSize.S, 2, 32).shape();
        Path emitted = folder.resolve("model.onnx");
        if (!Files.exists(emitted)) {
            RandomDit.emit(folder, shape, RandomDit.weights(shape), DataType.F32);
        }
        int rounds = Integer.parseInt(arguments[1]);
        if (rounds == 0) {
            return;
        }
        List<String> others = List.of(arguments).subList(2, arguments.length);
        int program = others.contains(PROGRAM) ? others.indexOf(PROGRAM) : others.size();
        List<TimedForward> forwards = new ArrayList<>();
        try {
            forwards.add(TimedForward.inRuntime(emitted, RandomDit.inputs(shape, 2), THREADS));
            for (String other : others.subList(0, program)) {
                forwards.add(TimedForward.inRuntime(Path.of(other), RandomDit.inputs(shape, 2), THREADS));
            }
            if (program < others.size()) {
                forwards.add(TimedForward.byProgram(others.subList(program + 1, others.size())));
            }
            measure(forwards, rounds);
        } finally {
            for (TimedForward forward : forwards) {
                forward.close();
            }
        }
    }

    private static void measure(List<TimedForward> forwards, int rounds) throws Exception {
        List<List<TimedForward.Times>> times = new ArrayList<>();
        forwards.forEach(forward -> times.add(new ArrayList<>()));
        for (int round = -WARM_UP; round < rounds; round++) {
            for (int i = 0; i < forwards.size(); i++) {
                TimedForward.Times taken = forwards.get(i).run();
                if (round >= 0) {
                    times.get(i).add(taken);
                }
            }
        }
        OUT.printf("%d threads, %d rounds; milliseconds, and the ratio to the emitted graph%n", THREADS, rounds);
        OUT.printf("%-20s %18s %18s %18s %18s%n", "", "elapsed, min", "median", "processor, min", "median");
        for (int i = 0; i < forwards.size(); i++) {
            report(forwards.get(i).name(), times.get(i), times.getFirst());
        }
        Tensor expected = forwards.getFirst().prediction().orElseThrow();
        for (TimedForward forward : forwards.subList(1, forwards.size())) {
            if (forward.prediction().isPresent()) {
                double difference = forward.prediction().get().distance(expected);
                OUT.printf("%s differs from the emitted graph by %.1e at most%n", forward.name(), difference);
            }
        }
    }

    private static void report(String name, List<TimedForward.Times> times, List<TimedForward.Times> baseline) {
        StringBuilder line = new StringBuilder("%-20s".formatted(name));
        for (ToDoubleFunction<TimedForward.Times> kind : kinds()) {
            for (double part : new double[] {0, 0.5}) {
                double time = quantile(times, kind, part);
                line.append(" %10.1f  x%5.3f".formatted(time, time / quantile(baseline, kind, part)));
            }
        }
        OUT.println(line);
    }

    private static List<ToDoubleFunction<TimedForward.Times>> kinds() {
        return List.of(TimedForward.Times::elapsed, TimedForward.Times::processor);
    }

    private static double quantile(
            List<TimedForward.Times> times, ToDoubleFunction<TimedForward.Times> kind, double part) {
        double[] sorted = times.stream().mapToDouble(kind).sorted().toArray();
        return sorted[(int) (part * (sorted.length - 1))];
    }
}
