package dev.genfleet.local;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Memory of a process as the system counts it: Linux's {@code VmRSS}, elsewhere what {@code ps} says. */
final class ResidentMemory {

    private ResidentMemory() {}

    /** Bytes, or empty when the system does not tell. */
    static Optional<Long> of(long pid) {
        try {
            Path status = Path.of("/proc", String.valueOf(pid), "status");
            if (Files.exists(status)) {
                return Files.readAllLines(status).stream()
                        .filter(line -> line.startsWith("VmRSS:"))
                        .findFirst()
                        .map(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024);
            }
            Process ps = new ProcessBuilder("ps", "-o", "rss=", "-p", String.valueOf(pid)).start();
            String kilobytes = new String(ps.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            return kilobytes.isEmpty() ? Optional.empty() : Optional.of(Long.parseLong(kilobytes) * 1024);
        } catch (IOException | NumberFormatException e) {
            return Optional.empty();
        }
    }
}
