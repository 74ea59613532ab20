package dev.genfleet.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PartTest {

    private static final Duration LIMIT = Duration.ofSeconds(20);

    @TempDir
    Path folder;

    private final List<ProcessHandle> started = new ArrayList<>();
    private final Starter starter = new Starter(started::add);

    @AfterEach
    void endAll() {
        started.forEach(ProcessHandle::destroyForcibly);
    }

    @Test
    void aStartedPartIsAliveUntilItIsStopped() throws Exception {
        Part part = starter.start(shell("exec sleep 600"), () -> Optional.of("here"), LIMIT);

        assertThat(part.isAlive()).isTrue();
        assertThat(part.address()).isEqualTo("here");
        assertThat(part.residentBytes())
                .hasValueSatisfying(bytes -> assertThat(bytes).isPositive());
        part.stop(LIMIT);
        assertThat(part.isAlive()).isFalse();
    }

    @Test
    void aPartThatIgnoresTheRequestIsKilledAfterTheGrace() throws Exception {
        Path ready = folder.resolve("ready");
        Part part = starter.start(
                shell("trap '' TERM; echo yes > " + ready + "; while :; do sleep 1; done"),
                () -> ReadyFile.read(ready),
                LIMIT);

        part.stop(Duration.ofMillis(200));

        assertThat(part.isAlive()).isFalse();
    }

    @Test
    void anotherProcessThatGotThePidIsNotThePart() throws Exception {
        Part part = starter.start(shell("exec sleep 600"), () -> Optional.of("here"), LIMIT);
        Part earlier = new Part(
                part.name(),
                part.pid(),
                part.startedAt().minus(Duration.ofMinutes(5)),
                part.address(),
                part.startTime(),
                part.log());

        earlier.stop(LIMIT);
        earlier.kill();

        assertThat(earlier.isAlive()).isFalse();
        assertThat(part.isAlive()).isTrue();
    }

    @Test
    void aPartThatEndsBeforeItIsReadySaysItsLastWordsAndItsLog() {
        assertThatThrownBy(() -> starter.start(shell("echo no space left; exit 3"), Optional::empty, LIMIT))
                .isInstanceOf(StackException.class)
                .hasMessageContaining("exit code 3")
                .hasMessageContaining("no space left")
                .hasMessageContaining(log().toString());
    }

    @Test
    void aTakenPortIsToldApartSoThatAnotherIsTried() {
        assertThatThrownBy(() ->
                        starter.start(shell("echo 'bind: Address already in use'; exit 1"), Optional::empty, LIMIT))
                .isInstanceOf(PortTakenException.class);
    }

    @Test
    void aPartThatIsNeverReadyIsGoneAfterwards() {
        assertThatThrownBy(() -> starter.start(shell("exec sleep 600"), Optional::empty, Duration.ofMillis(300)))
                .hasMessageContaining("was not ready within");

        assertThat(started.getFirst().onExit()).succeedsWithin(LIMIT);
    }

    @Test
    void theGuardEndsWhatItWatchesWhenItsOwnerIsGone() throws Exception {
        Process owner = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        OwnerThatDies.class.getName(),
                        log().toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        long child = Long.parseLong(new String(owner.getInputStream().readAllBytes()).strip());

        assertThat(owner.waitFor(20, TimeUnit.SECONDS)).isTrue();
        assertThat(owner.exitValue()).isEqualTo(OwnerThatDies.EXIT);
        assertThat(ProcessHandle.of(child).map(ProcessHandle::onExit)).satisfies(exit -> {
            if (exit.isPresent()) {
                assertThat(exit.get()).succeedsWithin(LIMIT);
            }
        });
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
                            LIMIT);
            System.out.println(part.pid());
            System.out.flush();
            Runtime.getRuntime().halt(EXIT);
        }
    }

    private Launch shell(String script) {
        return new Launch("part", List.of("sh", "-c", script), Map.of(), log());
    }

    private Path log() {
        return folder.resolve("part.log");
    }

    @Test
    void whatRunsIsRememberedAndFoundAgain() throws Exception {
        Part part = starter.start(shell("exec sleep 600"), () -> Optional.of("here"), LIMIT);
        Path file = folder.resolve("stack.json");
        Endpoints endpoints = new Endpoints(
                "http://127.0.0.1:1",
                "k",
                "r",
                new Endpoints.S3("e", "b", "a", "s"),
                "whsec_x",
                "m",
                folder.toString());

        new StackRecord(endpoints, List.of(part)).write(file);

        StackRecord read = StackRecord.read(file).orElseThrow();
        assertThat(read.endpoints()).isEqualTo(endpoints);
        assertThat(read.parts().getFirst().isAlive()).isTrue();
        assertThat(read.parts().getFirst().process().map(ProcessHandle::pid)).hasValue(part.pid());
    }

    @Test
    void credentialsAreDrawnOnceAndReadableByTheirOwnerOnly() throws Exception {
        Path file = folder.resolve("credentials.json");

        Credentials drawn = Credentials.keptIn(file);

        assertThat(Credentials.keptIn(file)).isEqualTo(drawn);
        assertThat(permissions(file)).isEqualTo("rw-------");
        assertThat(drawn.webhookSecret()).startsWith("whsec_");
    }

    private static String permissions(Path file) throws IOException {
        return java.nio.file.attribute.PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    }
}
