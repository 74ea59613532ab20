package dev.genfleet.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.genfleet.job.Priority;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
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

    /** With forwards longer than the patience, urgent work still has seven in eight. */
    @Test
    void slowForwardsDoNotTurnPriorityIntoTakingTurns() throws Exception {
        HandDrivenEngine engine = new HandDrivenEngine(2);
        engine.submit(Priority.BATCH, Specs.guided(1, 50), new RecordingListener());
        engine.ticks(1);
        engine.clock.advance(TICK);
        engine.submit(Priority.INTERACTIVE, Specs.guided(2, 900), new RecordingListener());
        for (int i = 0; i < 80; i++) {
            engine.loop.runOnce();
            engine.clock.advance(HandDrivenEngine.PATIENCE.multipliedBy(2));
        }
        assertThat(engine.denoiser.forwards.stream().filter(rows -> rows.contains(1L)))
                .hasSize(1 + 10);
    }

    @Test
    void aNearDeadlineCountsAsAnEarlierSubmission() throws Exception {
        HandDrivenEngine engine = new HandDrivenEngine(2);
        engine.submit(Priority.STANDARD, Specs.guided(1, 1), new RecordingListener());
        engine.submit(Specs.guided(2, 1), new RecordingListener(), Rank.HASTE.multipliedBy(2));
        engine.submit(Specs.guided(3, 1), new RecordingListener(), Rank.HASTE.minusSeconds(5));
        engine.clock.advance(Duration.ofSeconds(6));
        engine.submit(Specs.guided(4, 1), new RecordingListener(), Rank.HASTE.minusSeconds(5));
        engine.submit(Priority.INTERACTIVE, Specs.guided(5, 1), new RecordingListener());
        engine.finish(TICK, 5);
        assertThat(engine.denoiser.forwards.stream().map(List::getFirst)).containsExactly(5L, 3L, 1L, 2L, 4L);
    }

    @Test
    void aGenerationThatCannotStartInTimeExpires() throws Exception {
        HandDrivenEngine engine = new HandDrivenEngine(2);
        RecordingListener first = new RecordingListener();
        RecordingListener late = new RecordingListener();
        engine.submit(Priority.INTERACTIVE, Specs.guided(1, 10), first);
        engine.submit(Specs.guided(2, 3), late, TICK.multipliedBy(5));
        engine.finish(TICK, 1);
        assertThat(late.told).containsExactly("expired");
        assertThat(first.last()).isEqualTo("finished");
        assertThat(engine.denoiser.forwards).hasSize(10).containsOnly(List.of(1L, Specs.NULL_CLASS));
    }

    @Test
    void aGenerationThatHasBegunNeverExpires() throws Exception {
        HandDrivenEngine engine = new HandDrivenEngine(2);
        RecordingListener begun = new RecordingListener();
        engine.submit(Specs.guided(2, 8), begun, TICK.multipliedBy(2));
        engine.ticks(1);
        engine.submit(Priority.INTERACTIVE, Specs.guided(1, 10), new RecordingListener());
        engine.finish(TICK, 2);
        assertThat(begun.last()).isEqualTo("finished");
    }

    /** Its first attempt began in time, so the deadline has done its work. */
    @Test
    void aGenerationThatIsTakenUpNeverExpires() throws Exception {
        HandDrivenEngine first = new HandDrivenEngine(2);
        ActiveGeneration run = first.submit(Priority.STANDARD, Specs.guided(2, 8), new RecordingListener());
        first.ticks(3);
        Checkpoint checkpoint = new Checkpoint(List.of(run.samples().getFirst().state()));

        HandDrivenEngine second = new HandDrivenEngine(2);
        RecordingListener resumed = new RecordingListener();
        second.submit(
                new Generation(
                        "job",
                        Specs.guided(2, 8),
                        Priority.STANDARD,
                        second.clock.instant(),
                        Optional.of(second.clock.instant()),
                        false,
                        Optional.of(checkpoint)),
                resumed);
        second.finish(TICK, 1);
        assertThat(resumed.told).contains("8/8").endsWith("finished");
        assertThat(second.denoiser.forwards).hasSize(5);
    }

    @Test
    void anInteractiveJobHasTheVeryNextForwardAndThePausedOneItsOwnBits() throws Exception {
        HandDrivenEngine calm = new HandDrivenEngine(2);
        RecordingListener alone = new RecordingListener();
        calm.submit(Priority.BATCH, Specs.guided(1, 40), alone);
        calm.finish(TICK, 1);

        for (int k = 0; k < 40; k++) {
            HandDrivenEngine engine = new HandDrivenEngine(2);
            RecordingListener paused = new RecordingListener();
            RecordingListener urgent = new RecordingListener();
            engine.submit(Priority.BATCH, Specs.guided(1, 40), paused);
            engine.ticks(k);
            engine.submit(Priority.INTERACTIVE, Specs.guided(2, 5), urgent);
            engine.ticks(5);
            assertThat(engine.denoiser.forwards.subList(k, k + 5))
                    .as("forwards after step %d", k)
                    .containsOnly(List.of(2L, Specs.NULL_CLASS));
            assertThat(urgent.told).contains("5/5");
            engine.finish(TICK, 2);
            assertThat(paused.pictures.join().getFirst().bytes())
                    .as("paused after step %d", k)
                    .isEqualTo(alone.pictures.join().getFirst().bytes());
        }
    }
}
