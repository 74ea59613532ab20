package dev.genfleet.engine;

import dev.genfleet.engine.device.Device;
import dev.genfleet.engine.onnx.OrtDevice;
import dev.genfleet.engine.onnx.TinyPackage;
import dev.genfleet.engine.pack.ModelPackage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Time and bytes of one turn of the loop with guided jobs of a thousand DDPM steps: on a device that takes no time, which leaves the
 * host's part, and on a small transformer in ONNX Runtime. {@code deploy/benchmarks/step} runs it with JMH's gc profiler.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class StepBenchmark {

    /** Where the denoiser runs. */
    @Param({"nothing", "onnxruntime"})
    public String device = "";

    private final Path folder = temporary();
    private LongRun run = LongRun.onNothing();

    /** Makes the model. */
    @Setup
    public void start() throws Exception {
        if (device.equals("onnxruntime")) {
            ModelPackage model = TinyPackage.write(folder, 64, 4, 2);
            OrtDevice opened = OrtDevice.open(new Device.Cpu(), 1, 1);
            run = new LongRun(model.manifest(), opened.denoiser(model), ForwardObserver.none());
        }
    }

    /** One turn: every job one step. */
    @Benchmark
    public void step() throws Exception {
        run.turns(1);
    }

    /** Removes the model. */
    @TearDown
    public void stop() throws IOException {
        run.close();
        List<Path> all;
        try (Stream<Path> found = Files.walk(folder)) {
            all = found.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path each : all) {
            Files.delete(each);
        }
    }

    private static Path temporary() {
        try {
            return Files.createTempDirectory("genfleet-step");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
