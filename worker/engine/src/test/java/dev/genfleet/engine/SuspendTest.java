package dev.genfleet.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.genfleet.job.GenerationSpec;
import dev.genfleet.job.GuidanceSpec;
import dev.genfleet.job.GuidanceSpec.Kind;
import dev.genfleet.job.Priority;
import dev.genfleet.job.SamplerSpec;
import dev.genfleet.job.SamplerSpec.Scheduler;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Putting generations aside and taking them up again, turn by turn. */
final class SuspendTest {

    private static final int MAX_ROWS = 8;
    private static final Duration TICK = Duration.ofMillis(100);

    @Test
    void aSuspendedGenerationStopsAtTheNextStepBoundaryAndSaysWhereOnce() throws Exception {
        HandDrivenEngine engine = new HandDrivenEngine(MAX_ROWS);
        RecordingListener listener = new RecordingListener();
        ActiveGeneration run = engine.submit(Priority.STANDARD, Specs.guided(1, 20), listener);
        RecordingListener neighbour = new RecordingListener();
        engine.submit(Priority.STANDARD, Specs.unguided(2, 20), neighbour);
        engine.ticks(3);
        run.suspend();
        run.suspend();
        engine.ticks(2);
        assertThat(listener.told).containsExactly("1/20", "2/20", "3/20", "suspended");
        assertThat(listener.suspended.getNow(Optional.empty()).orElseThrow().step())
                .isEqualTo(3);
        assertThat(neighbour.last()).isEqualTo("5/20");
    }

    @Test
    void aGenerationThatHasNotBegunIsSuspendedWithoutACheckpoint() throws Exception {
        HandDrivenEngine engine = new HandDrivenEngine(MAX_ROWS);
        RecordingListener listener = new RecordingListener();
        engine.submit(Priority.STANDARD, Specs.guided(1, 20), listener).suspend();
        engine.ticks(2);
        assertThat(listener.told).containsExactly("suspended");
        assertThat(listener.suspended.get()).isEmpty();
        assertThat(engine.denoiser.forwards).isEmpty();
    }

    @Test
    void aGenerationWhoseLastStepHasRunIsFinished() throws Exception {
        HandDrivenEngine engine = new HandDrivenEngine(MAX_ROWS);
        RecordingListener listener = new RecordingListener();
        ActiveGeneration run = engine.submit(Priority.STANDARD, Specs.guided(1, 4), listener);
        engine.ticks(4);
        run.suspend();
        engine.finish(TICK, 1);
        assertThat(listener.last()).isEqualTo("finished");
        assertThat(listener.told).doesNotContain("suspended");
    }

    @Test
    void aGenerationThatIsAlsoCanceledIsCanceled() throws Exception {
        HandDrivenEngine engine = new HandDrivenEngine(MAX_ROWS);
        RecordingListener listener = new RecordingListener();
        ActiveGeneration run = engine.submit(Priority.STANDARD, Specs.guided(1, 20), listener);
        engine.ticks(2);
        run.suspend();
        run.cancel();
        engine.ticks(1);
        assertThat(listener.last()).isEqualTo("canceled 2");
    }

    @Test
    void finishedPicturesAreDecodedAgainAndProgressGoesOn() throws Exception {
        GenerationSpec spec =
                Specs.spec(3, 3, new SamplerSpec(Scheduler.DDPM, 5, 0), new GuidanceSpec(Kind.CFG_THREE_CHANNEL, 4));
        List<byte[]> expected = pictures(new HandDrivenEngine(MAX_ROWS), generation(spec, Optional.empty()));
        HandDrivenEngine narrow = new HandDrivenEngine(2);
        RecordingListener listener = new RecordingListener();
        ActiveGeneration run = narrow.submit(Priority.STANDARD, spec, listener);
        narrow.ticks(7);
        run.suspend();
        narrow.ticks(1);
        Checkpoint checkpoint = listener.suspended.getNow(Optional.empty()).orElseThrow();
        assertThat(checkpoint.samples()).extracting(SampleState::step).containsExactly(5, 2, 0);
        assertThat(checkpoint.stepsOfAll()).isEqualTo(7);

        HandDrivenEngine heir = new HandDrivenEngine(MAX_ROWS);
        assertThat(pictures(heir, generation(spec, Optional.of(checkpoint)))).containsExactlyElementsOf(expected);
        assertThat(heir.rowsPerForward.stream().mapToInt(Integer::intValue).sum())
                .isEqualTo(2 * (15 - 7));
    }

    @Test
    void aCheckpointOfPicturesThatAreAllDenoisedOnlyDecodes() throws Exception {
        GenerationSpec spec = Specs.guided(4, 6);
        HandDrivenEngine engine = new HandDrivenEngine(MAX_ROWS);
        RecordingListener listener = new RecordingListener();
        ActiveGeneration run = engine.submit(generation(spec, Optional.empty()), listener);
        engine.ticks(6);
        Checkpoint done =
                new Checkpoint(run.samples().stream().map(Sample::state).toList());
        engine.finish(TICK, 1);
        HandDrivenEngine heir = new HandDrivenEngine(MAX_ROWS);
        assertThat(pictures(heir, generation(spec, Optional.of(done)))).containsExactlyElementsOf(files(listener));
        assertThat(heir.rowsPerForward).isEmpty();
    }

    @Test
    void aCheckpointThatDoesNotFitIsIgnored() throws Exception {
        GenerationSpec spec = Specs.guided(5, 6);
        RecordingListener whole = new RecordingListener();
        HandDrivenEngine engine = new HandDrivenEngine(MAX_ROWS);
        ActiveGeneration run = engine.submit(generation(spec, Optional.empty()), whole);
        engine.ticks(3);
        SampleState state = run.samples().getFirst().state();
        engine.finish(TICK, 1);
        List<UnaryOperator<SampleState>> spoilt = List.of(
                good -> new SampleState(7, good.latents(), good.history()),
                good -> new SampleState(-1, good.latents(), good.history()),
                good -> new SampleState(3, new float[good.latents().length - 1], good.history()),
                good -> new SampleState(3, good.latents(), new float[good.history().length + 1][64]),
                good -> {
                    float[] latents = good.latents().clone();
                    latents[5] = Float.NaN;
                    return new SampleState(3, latents, good.history());
                });
        for (UnaryOperator<SampleState> spoil : spoilt) {
            Checkpoint bad = new Checkpoint(List.of(spoil.apply(state)));
            assertStartsOver(generation(spec, Optional.of(bad)), files(whole));
        }
        assertStartsOver(generation(spec, Optional.of(new Checkpoint(List.of(state, state)))), files(whole));
        assertStartsOver(generation(spec, Optional.of(new Checkpoint(List.of()))), files(whole));
    }

    private static void assertStartsOver(Generation generation, List<byte[]> expected) throws Exception {
        HandDrivenEngine engine = new HandDrivenEngine(MAX_ROWS);
        assertThat(pictures(engine, generation)).containsExactlyElementsOf(expected);
        assertThat(engine.rowsPerForward).hasSize(6);
    }

    @Test
    void progressAfterResumingContinuesAtTheCheckpointsStep() throws Exception {
        GenerationSpec spec = Specs.guided(6, 8);
        HandDrivenEngine engine = new HandDrivenEngine(MAX_ROWS);
        RecordingListener listener = new RecordingListener();
        ActiveGeneration run = engine.submit(generation(spec, Optional.empty()), listener);
        engine.ticks(5);
        run.suspend();
        engine.ticks(1);
        RecordingListener heir = new RecordingListener();
        HandDrivenEngine other = new HandDrivenEngine(MAX_ROWS);
        other.submit(generation(spec, listener.suspended.get()), heir);
        other.finish(TICK, 1);
        assertThat(heir.told).containsExactly("6/8", "7/8", "8/8", "finished");
    }

    @Test
    void checkpointsComeByTimeAndNotAtTheEnd() throws Exception {
        HandDrivenEngine engine = new HandDrivenEngine(MAX_ROWS);
        RecordingListener longer = new RecordingListener();
        engine.submit(Priority.STANDARD, Specs.guided(1, 50), longer);
        RecordingListener shorter = new RecordingListener();
        engine.submit(Priority.STANDARD, Specs.guided(2, 30), shorter);
        engine.finish(TICK, 2);
        assertThat(longer.checkpoints).extracting(Checkpoint::step).containsExactly(21);
        assertThat(shorter.checkpoints).isEmpty();
        assertThat(IntStream.range(0, 50).mapToObj(step -> (step + 1) + "/50")).allMatch(longer.told::contains);
    }

    private static Generation generation(GenerationSpec spec, Optional<Checkpoint> checkpoint) {
        return new Generation(
                "job", spec, Priority.STANDARD, java.time.Instant.EPOCH, Optional.empty(), false, checkpoint);
    }

    private static List<byte[]> pictures(HandDrivenEngine engine, Generation generation) throws Exception {
        RecordingListener listener = new RecordingListener();
        engine.submit(generation, listener);
        engine.finish(TICK, generation.spec().images());
        return files(listener);
    }

    private static List<byte[]> files(RecordingListener listener) throws Exception {
        return listener.pictures.getNow(List.of()).stream().map(Picture::bytes).toList();
    }
}
