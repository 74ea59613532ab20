package dev.genfleet.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.genfleet.engine.fault.EngineException;
import dev.genfleet.fault.ErrorCode;
import dev.genfleet.job.GenerationSpec;
import dev.genfleet.job.GuidanceSpec;
import dev.genfleet.job.GuidanceSpec.Kind;
import dev.genfleet.job.Priority;
import dev.genfleet.job.SamplerSpec;
import dev.genfleet.job.SamplerSpec.Scheduler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A sample's latents are 256 bytes here, and a lane of 8 rows takes some thousands. */
final class AdmissionTest {

    private static final Duration TICK = Duration.ofMillis(10);
    private static final int MAX_ROWS = 8;
    private static final long SAMPLE = 4 * 4 * 4 * Float.BYTES;
    private static final long LANE =
            Footprint.ofLane(Specs.manifest().latentShape(Specs.SIZE), Specs.manifest(), MAX_ROWS);

    @Test
    void whatDoesNotFitWaitsAndRunsLater() throws Exception {
        HandDrivenEngine engine = withRoomFor(2);
        List<RecordingListener> listeners = new ArrayList<>();
        for (int label = 0; label < 5; label++) {
            listeners.add(submit(engine, label, 1, 3));
        }
        engine.ticks(1);
        assertThat(engine.denoiser.forwards).containsExactly(List.of(0L, 1L));
        engine.finish(TICK, 5);
        assertThat(engine.denoiser.forwards)
                .allSatisfy(labels -> assertThat(labels).hasSizeLessThanOrEqualTo(2));
        assertThat(listeners).allSatisfy(listener -> assertThat(listener.last()).isEqualTo("finished"));
    }

    @Test
    void smallOnesPassALargeOneOnlySoOften() throws Exception {
        HandDrivenEngine engine = withRoomFor(4);
        submit(engine, 0, 1, 30);
        engine.ticks(1);
        RecordingListener large = submit(engine, 4, 4, 2);
        List<RecordingListener> small = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            small.add(submit(engine, 2, 1, 2));
        }
        engine.finish(TICK, 35);
        assertThat(large.last()).isEqualTo("finished");
        assertThat(small).allSatisfy(listener -> assertThat(listener.last()).isEqualTo("finished"));
        List<Long> labels =
                engine.denoiser.forwards.stream().flatMap(List::stream).toList();
        List<Long> beforeTheLargeOne = labels.subList(0, labels.indexOf(4L));
        assertThat(beforeTheLargeOne.stream().filter(label -> label == 2)).hasSize(2 * AdmissionQueue.MOST_PASSED);
    }

    @Test
    void urgentOnesAreAdmittedFirst() throws Exception {
        HandDrivenEngine engine = withRoomFor(1);
        submit(engine, 1, 1, 2);
        engine.ticks(1);
        engine.submit(Priority.BATCH, Specs.unguided(5, 1), new RecordingListener());
        engine.submit(Priority.INTERACTIVE, Specs.unguided(6, 1), new RecordingListener());
        engine.finish(TICK, 3);
        assertThat(engine.denoiser.forwards).containsExactly(List.of(1L), List.of(1L), List.of(6L), List.of(5L));
    }

    @Test
    void whatNeverFitsIsRefusedWithNumbers() {
        HandDrivenEngine engine = new HandDrivenEngine(MAX_ROWS, 3L << 20);
        GenerationSpec huge = spec(1, 20_000, 2);
        assertThatThrownBy(() -> engine.submit(Priority.STANDARD, huge, new RecordingListener()))
                .isInstanceOfSatisfying(
                        EngineException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.MODEL_UNAVAILABLE))
                .hasMessage("This job needs 5 MiB of working memory, 1 of it for forwards of up to 8 rows,"
                        + " but this worker has 3.");
    }

    @Test
    void waitingGenerationsCanBeCanceledAndExpire() throws Exception {
        HandDrivenEngine engine = withRoomFor(1);
        submit(engine, 1, 1, 4);
        engine.ticks(1);
        RecordingListener canceled = new RecordingListener();
        RecordingListener late = new RecordingListener();
        engine.submit(Priority.STANDARD, Specs.unguided(2, 3), canceled).cancel();
        engine.submit(Specs.unguided(3, 3), late, Duration.ofSeconds(1));
        engine.ticks(1);
        assertThat(canceled.told).containsExactly("canceled 0");
        assertThat(late.told).isEmpty();
        engine.clock.advance(Duration.ofSeconds(1));
        engine.ticks(1);
        assertThat(late.told).containsExactly("expired");
    }

    @Test
    void memoryIsGivenBackHoweverAGenerationEnds() throws Exception {
        HandDrivenEngine engine = withRoomFor(1);
        engine.denoiser.poison = Optional.of(3L);
        for (int round = 0; round < 3; round++) {
            RecordingListener canceled = new RecordingListener();
            Run run = engine.submit(Priority.STANDARD, Specs.unguided(1, 5), canceled);
            engine.ticks(2);
            run.cancel();
            RecordingListener failed = new RecordingListener();
            engine.submit(Priority.STANDARD, Specs.unguided(3, 5), failed);
            engine.ticks(2);
            RecordingListener finished = new RecordingListener();
            engine.submit(Priority.STANDARD, Specs.unguided(2, 5), finished);
            engine.finish(TICK, 1);
            assertThat(List.of(canceled.last(), failed.last(), finished.last()))
                    .containsExactly("canceled 2", "failed numerical_fault", "finished");
        }
    }

    private static HandDrivenEngine withRoomFor(int samples) {
        return new HandDrivenEngine(MAX_ROWS, LANE + samples * SAMPLE);
    }

    private static RecordingListener submit(HandDrivenEngine engine, int label, int images, int steps)
            throws EngineException {
        RecordingListener listener = new RecordingListener();
        engine.submit(Priority.STANDARD, spec(label, images, steps), listener);
        return listener;
    }

    private static GenerationSpec spec(int label, int images, int steps) {
        return Specs.spec(label, images, new SamplerSpec(Scheduler.DDPM, steps, 0), new GuidanceSpec(Kind.NONE, 1));
    }
}
