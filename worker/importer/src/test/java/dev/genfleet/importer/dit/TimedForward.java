package dev.genfleet.importer.dit;

import ai.onnxruntime.OrtException;
import com.sun.management.OperatingSystemMXBean;
import dev.genfleet.importer.OrtGraph;
import dev.genfleet.importer.Tensor;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Something that runs one forward and says how long it took. */
interface TimedForward extends AutoCloseable {

    /**
     * Durations of one forward.
     *
     * @param elapsed milliseconds on the clock
     * @param processor milliseconds of processor time of all threads
     */
    record Times(double elapsed, double processor) {}

    String name();

    Times run() throws Exception;

    /** What it computes, where that can be compared. */
    default Optional<Tensor> prediction() throws Exception {
        return Optional.empty();
    }

    @Override
    void close() throws OrtException;

    /** A graph in this process's ONNX Runtime. */
    static TimedForward inRuntime(Path model, Map<String, Tensor> inputs, int threads) throws Exception {
        OperatingSystemMXBean system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        OrtGraph graph = new OrtGraph(model, threads);
        return new TimedForward() {
            @Override
            public String name() {
                return model.getFileName().toString();
            }

            @Override
            public Times run() throws Exception {
                long worked = system.getProcessCpuTime();
                long begun = System.nanoTime();
                graph.run(inputs);
                return new Times((System.nanoTime() - begun) / 1e6, (system.getProcessCpuTime() - worked) / 1e6);
            }

            @Override
            public Optional<Tensor> prediction() throws Exception {
                return Optional.of(graph.run(inputs));
            }

            @Override
            public void close() throws OrtException {
                graph.close();
            }
        };
    }

    /** A program that writes a line when it is ready, then two numbers for every line that it reads. */
    static TimedForward byProgram(List<String> command) throws IOException {
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        Writer asked = process.outputWriter();
        BufferedReader answered = process.inputReader();
        answered.readLine();
        return new TimedForward() {
            @Override
            public String name() {
                return "PyTorch eager";
            }

            @Override
            public Times run() throws IOException {
                asked.write("\n");
                asked.flush();
                String[] numbers = answered.readLine().split(" ", 2);
                return new Times(Double.parseDouble(numbers[0]), Double.parseDouble(numbers[1]));
            }

            @Override
            public void close() {
                process.destroy();
            }
        };
    }
}
