package dev.genfleet.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * Native memory does not grow with the number of jobs: pictures, captions and videos through a real engine in a process of its
 * own, whose heap is touched from the beginning. {@code -Dgenfleet.native-memory.jobs=10000} runs as many jobs as that.
 *
 * <p>A tensor, result, token list or frame that is not freed weighs at least a few hundred bytes, and every job makes dozens.
 */
@EnabledOnOs(OS.LINUX)
final class NativeMemoryTest {

    private static final int JOBS = Integer.getInteger("genfleet.native-memory.jobs", 900);

    @TempDir
    private Path folder;

    @Test
    void nothingIsHeldOfJobsThatAreDone() throws Exception {
        List<Held> held = run(JOBS, JOBS / 9);
        assertThat(held).hasSize(9);
        Held warm = held.get(2);
        Held end = held.getLast();
        assertThat(end.directKib() - warm.directKib())
                .as("KiB of direct buffers")
                .isLessThanOrEqualTo(64);
        assertThat(end.residentKib() - warm.residentKib())
                .as("KiB resident, from job %d to job %d", warm.jobs(), end.jobs())
                .isLessThan(2 << 10);
    }

    private List<Held> run(int jobs, int between) throws Exception {
        Path output = folder.resolve("output");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-Xms96m",
                        "-Xmx96m",
                        "-XX:+AlwaysPreTouch",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1", // the other compiler's working memory comes and goes by megabytes
                        "-cp",
                        System.getProperty("java.class.path"),
                        NativeMemoryRun.class.getName(),
                        Integer.toString(jobs),
                        Integer.toString(between))
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        try {
            assertThat(process.waitFor(1, TimeUnit.HOURS)).isTrue();
        } finally {
            process.destroyForcibly();
        }
        String printed = Files.readString(output);
        assertThat(process.exitValue()).as(printed).isZero();
        List<Held> held = new ArrayList<>();
        for (String line :
                printed.lines().filter(each -> each.startsWith("held ")).toList()) {
            String[] words = line.split(" ", -1);
            held.add(new Held(Integer.parseInt(words[1]), Long.parseLong(words[2]), Long.parseLong(words[3])));
        }
        return held;
    }

    /** What the process holds after so many jobs. */
    private record Held(int jobs, long residentKib, long directKib) {}
}
