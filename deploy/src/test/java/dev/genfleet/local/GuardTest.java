package dev.genfleet.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GuardTest {

    @TempDir
    Path folder;

    @Test
    void whatIsWatchedEndsWhenItsOwnerIsGoneWithoutAWord() throws Exception {
        Process owner = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        OwnerThatDies.class.getName(),
                        folder.resolve("child.log").toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String pid = new String(owner.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();

        assertThat(owner.waitFor(20, TimeUnit.SECONDS)).isTrue();
        assertThat(owner.exitValue()).isEqualTo(OwnerThatDies.EXIT);
        Optional<ProcessHandle> child = ProcessHandle.of(Long.parseLong(pid));
        if (child.isPresent()) {
            assertThat(child.get().onExit()).succeedsWithin(Children.LIMIT);
        }
    }

    @Test
    void whatWasDismissedLivesOn() throws Exception {
        try (Children children = new Children(folder)) {
            Part part = children.sleeping();
            Guard guard = Guard.start();
            guard.watch(part.process().orElseThrow());

            guard.close();

            assertThat(part.isAlive()).isTrue();
        }
    }

    /** A program that starts a child and is gone at once, as if killed. */
    static final class OwnerThatDies {

        static final int EXIT = 9;

        private OwnerThatDies() {}

        public static void main(String[] args) throws Exception {
            Guard guard = Guard.start();
            Part part = new Starter(guard::watch)
                    .start(
                            new Launch("child", List.of("sleep", "600"), Map.of(), Path.of(args[0])),
                            () -> Optional.of("here"),
                            Children.LIMIT);
            System.out.println(part.pid());
            System.out.flush();
            Runtime.getRuntime().halt(EXIT);
        }
    }
}
