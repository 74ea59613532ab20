package dev.genfleet.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.genfleet.engine.device.Device;
import dev.genfleet.engine.onnx.OrtDevice;
import dev.genfleet.engine.onnx.TinyPackage;
import dev.genfleet.engine.pack.ModelPackage;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a step allocates on the engine's thread, with up to four jobs in a forward. */
final class AllocationTest {

    private static final PrintStream OUT = System.out;
    private static final ThreadMXBean THREADS = ManagementFactory.getPlatformMXBean(ThreadMXBean.class);
    private static final int TURNS = 300;

    /** An instant, durations for observers, a message to each listener: whatever the compiler leaves of these. */
    private static final long LOOP_BOUND = 1024;

    /** And what ONNX Runtime's own call takes: names, handles and a result for each run. */
    private static final long RUNTIME_BOUND = 4096;

    @Test
    void aStepOfTheLoopAllocatesNextToNothing() throws Exception {
        try (LongRun run = LongRun.onNothing()) {
            assertThat(bytesPerTurn("loop", run)).isLessThan(LOOP_BOUND);
        }
    }

    @Test
    void aStepOnOnnxRuntimeAllocatesLittleMore(@TempDir Path folder) throws Exception {
        ModelPackage model = TinyPackage.write(folder, 16, 2, 1);
        OrtDevice device = OrtDevice.open(new Device.Cpu(), 1, 1);
        try (LongRun run = new LongRun(model.manifest(), device.denoiser(model), ForwardObserver.none())) {
            assertThat(bytesPerTurn("loop and ONNX Runtime", run)).isLessThan(RUNTIME_BOUND);
        }
    }

    private static long bytesPerTurn(String what, LongRun run) throws Exception {
        run.turns(TURNS);
        long before = THREADS.getCurrentThreadAllocatedBytes();
        run.turns(TURNS);
        long bytes = (THREADS.getCurrentThreadAllocatedBytes() - before) / TURNS;
        OUT.printf("%s: %d bytes a step%n", what, bytes);
        return bytes;
    }
}
