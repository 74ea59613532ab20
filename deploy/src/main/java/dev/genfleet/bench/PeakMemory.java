package dev.genfleet.bench;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** The most memory that this process held since a moment: of the heap, and on Linux of everything. */
final class PeakMemory {

    private static final Path STATUS = Path.of("/proc/self/status");
    private static final Path RESET = Path.of("/proc/self/clear_refs");

    private PeakMemory() {}

    /** Begins anew. */
    static PeakMemory fromNow() throws IOException {
        ManagementFactory.getMemoryPoolMXBeans().forEach(pool -> pool.resetPeakUsage());
        if (Files.isWritable(RESET)) {
            Files.writeString(RESET, "5"); // proc(5): resets VmHWM
        }
        return new PeakMemory();
    }

    /** Such as {@code heap 31 MB, process 120 MB}. */
    String text() throws IOException {
        long heap = ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getType() == MemoryType.HEAP)
                .mapToLong(pool -> pool.getPeakUsage().getUsed())
                .sum();
        String process = "";
        if (Files.exists(STATUS)) {
            process = Files.readAllLines(STATUS).stream()
                    .filter(line -> line.startsWith("VmHWM:"))
                    .findFirst()
                    .map(line -> String.format(
                            Locale.ROOT, ", process %.0f MB", Long.parseLong(line.replaceAll("\\D", "")) * 1024 / 1e6))
                    .orElse("");
        }
        return String.format(
                Locale.ROOT,
                "heap %.0f of %.0f MB%s",
                heap / 1e6,
                Runtime.getRuntime().maxMemory() / 1e6,
                process);
    }
}
