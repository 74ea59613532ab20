package dev.genfleet.engine.onnx;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Optional;

/**
 * Keeps ONNX Runtime from reporting home. Version 1.29 does so by default, and while it prepares that, before any of its own
 * settings can be reached, it ends the process without a word where the command line is longer than about 3,000 characters. It
 * listens to an environment variable, so this sets one for the process itself, whoever started it.
 */
final class OrtTelemetry {

    private static final String VARIABLE = "ORT_DISABLE_TELEMETRY";
    private static final int OVERWRITE = 1;

    private OrtTelemetry() {}

    /** Call before the first use of ONNX Runtime. Where the platform has no {@code setenv}, nothing happens. */
    @SuppressWarnings("restricted")
    static void disable() {
        Linker linker = Linker.nativeLinker();
        Optional<MemorySegment> setenv = linker.defaultLookup().find("setenv");
        if (setenv.isEmpty()) {
            return;
        }
        FunctionDescriptor signature = FunctionDescriptor.of(
                ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.ADDRESS, ValueLayout.JAVA_INT);
        try (Arena arena = Arena.ofConfined()) {
            int status = (int) linker.downcallHandle(setenv.get(), signature)
                    .invokeExact(arena.allocateFrom(VARIABLE), arena.allocateFrom("1"), OVERWRITE);
            if (status != 0) {
                throw new IllegalStateException("setenv of " + VARIABLE + " gave " + status);
            }
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException("setenv of " + VARIABLE + " failed", e);
        }
    }
}
