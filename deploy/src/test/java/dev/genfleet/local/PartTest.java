package dev.genfleet.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PartTest {

    @TempDir
    Path folder;

    private Children children;

    @BeforeEach
    void prepare() {
        children = new Children(folder);
    }

    @AfterEach
    void endAll() {
        children.close();
    }

    @Test
    void aStartedPartIsAliveUntilItIsStopped() throws Exception {
        Part part = children.sleeping();

        assertThat(part.isAlive()).isTrue();
        assertThat(part.address()).isEqualTo("here");
        assertThat(part.residentBytes())
                .hasValueSatisfying(bytes -> assertThat(bytes).isPositive());
        part.stop(Children.LIMIT);
        assertThat(part.isAlive()).isFalse();
    }

    @Test
    void aPartThatIgnoresTheRequestIsKilledAfterTheGrace() throws Exception {
        Path ready = folder.resolve("ready");
        Part part = children.start(
                "trap '' TERM; echo yes > " + ready + "; while :; do sleep 1; done", () -> ReadyFile.read(ready));

        part.stop(Duration.ofMillis(200));

        assertThat(part.isAlive()).isFalse();
    }

    @Test
    void anotherProcessThatGotThePidIsNeverStopped() throws Exception {
        Part part = children.sleeping();
        Part earlier = new Part(
                part.name(),
                part.pid(),
                part.startedAt().minus(Duration.ofMinutes(5)),
                part.address(),
                part.startTime(),
                part.log());

        earlier.stop(Children.LIMIT);
        earlier.kill();

        assertThat(earlier.isAlive()).isFalse();
        assertThat(part.isAlive()).isTrue();
    }
}
