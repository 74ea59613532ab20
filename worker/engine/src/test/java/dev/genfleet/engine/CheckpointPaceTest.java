package dev.genfleet.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class CheckpointPaceTest {

    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    @Test
    void aLongGenerationHasOneEveryIntervalUntilItsLastInterval() {
        assertThat(dueAt(Duration.ofSeconds(2), Duration.ofMillis(100), 0, 100)).containsExactly(20, 40, 60, 80);
    }

    @Test
    void aShortGenerationHasNone() {
        assertThat(dueAt(Duration.ofSeconds(2), Duration.ofMillis(100), 0, 39)).isEmpty();
    }

    @Test
    void stepsLongerThanTheIntervalHaveOneEachButTheLast() {
        assertThat(dueAt(Duration.ofSeconds(2), Duration.ofSeconds(3), 0, 4)).containsExactly(1, 2, 3);
    }

    @Test
    void aResumedGenerationIsPacedFromWhereItGoesOn() {
        assertThat(dueAt(Duration.ofSeconds(2), Duration.ofMillis(100), 50, 100))
                .containsExactly(70);
    }

    @Test
    void anIntervalOfZeroMeansNone() {
        assertThat(dueAt(Duration.ZERO, Duration.ofSeconds(3), 0, 100)).isEmpty();
    }

    private static List<Integer> dueAt(Duration every, Duration step, int from, int steps) {
        CheckpointPace pace = new CheckpointPace(every);
        pace.begin(START, from);
        List<Integer> due = new ArrayList<>();
        Instant now = START;
        for (int done = from + 1; done <= steps; done++) {
            now = now.plus(step);
            if (pace.due(now, done, steps)) {
                due.add(done);
            }
        }
        return due;
    }
}
