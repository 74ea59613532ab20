package dev.genfleet.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.genfleet.job.Priority;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

final class StepBatcherTest {

    private static final Duration TICK = Duration.ofMillis(100);

    @Test
    void onePriorityIsFirstComeFirstServed() throws Exception {
        HandDrivenEngine engine = new HandDrivenEngine(2);
        for (int label = 0; label < 4; label++) {
            engine.submit(Priority.STANDARD, Specs.unguided(label, 2), new RecordingListener());
        }
        engine.finish(TICK, 4);
        assertThat(engine.denoiser.forwards)
                .containsExactly(List.of(0L, 1L), List.of(0L, 1L), List.of(2L, 3L), List.of(2L, 3L));
    }

    @Test
    void rowsOfASampleStayTogetherAndSmallerOnesFillUp() throws Exception {
        HandDrivenEngine engine = new HandDrivenEngine(4);
        engine.submit(Priority.STANDARD, Specs.unguided(1, 1), new RecordingListener());
        engine.submit(Priority.STANDARD, Specs.guided(2, 1), new RecordingListener());
        engine.submit(Priority.STANDARD, Specs.guided(3, 1), new RecordingListener());
        engine.submit(Priority.STANDARD, Specs.unguided(4, 1), new RecordingListener());
        engine.finish(TICK, 4);
        assertThat(engine.denoiser.forwards)
                .containsExactly(List.of(1L, 2L, Specs.NULL_CLASS, 4L), List.of(3L, Specs.NULL_CLASS));
    }

    @Test
    void patientWorkMovesOncePerPatienceWhileUrgentWorkRuns() throws Exception {
        HandDrivenEngine engine = new HandDrivenEngine(2);
        engine.submit(Priority.BATCH, Specs.guided(1, 10), new RecordingListener());
        engine.submit(Priority.INTERACTIVE, Specs.guided(2, 900), new RecordingListener());
        for (int i = 0; i < 100; i++) {
            engine.loop.runOnce();
            engine.clock.advance(TICK);
        }
        long patient = engine.denoiser.forwards.stream()
                .filter(rows -> rows.contains(1L))
                .count();
        assertThat(patient).isEqualTo(4);
    }
}
