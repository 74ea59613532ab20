package dev.genfleet.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.genfleet.engine.fault.EngineException;
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

final class EngineLoopTest {

    private static final Duration TICK = Duration.ofMillis(10);
    private static final long NULL_CLASS = Specs.NULL_CLASS;

    @Test
    void aGenerationStepsFinishesAndTells() throws Exception {
        HandDrivenEngine engine = new HandDrivenEngine(8);
        RecordingListener listener = new RecordingListener();
        engine.submit(Priority.STANDARD, Specs.guided(3, 3), listener);
        engine.finish(TICK, 1);
        assertThat(listener.told).containsExactly("1/3", "2/3", "3/3", "finished");
        assertThat(engine.denoiser.forwards)
                .containsExactly(List.of(3L, NULL_CLASS), List.of(3L, NULL_CLASS), List.of(3L, NULL_CLASS));
        Picture picture = listener.pictures.join().getFirst();
        assertThat(picture.seed()).isEqualTo(103);
        assertThat(picture.width()).isEqualTo(8);
    }

    @Test
    void newGenerationsJoinWhileOthersRun() throws Exception {
        HandDrivenEngine engine = new HandDrivenEngine(8);
        engine.submit(Priority.STANDARD, Specs.unguided(1, 4), new RecordingListener());
        engine.ticks(2);
        engine.submit(Priority.STANDARD, Specs.guided(2, 4), new RecordingListener());
        engine.ticks(2);
        engine.ticks(2);
        assertThat(engine.denoiser.forwards)
                .containsExactly(
                        List.of(1L),
                        List.of(1L),
                        List.of(1L, 2L, NULL_CLASS),
                        List.of(1L, 2L, NULL_CLASS),
                        List.of(2L, NULL_CLASS),
                        List.of(2L, NULL_CLASS));
        assertThat(engine.rowsPerForward).containsExactly(1, 1, 3, 3, 2, 2);
    }

    @Test
    void urgentWorkOvertakesAtAStepBoundary() throws Exception {
        HandDrivenEngine engine = new HandDrivenEngine(2);
        engine.submit(Priority.BATCH, Specs.guided(1, 5), new RecordingListener());
        engine.ticks(1);
        engine.submit(Priority.INTERACTIVE, Specs.guided(2, 2), new RecordingListener());
        engine.ticks(3);
        assertThat(engine.denoiser.forwards.stream().map(List::getFirst)).containsExactly(1L, 2L, 2L, 1L);
    }

    @Test
    void aPicturesBytesDoNotDependOnNeighboursOrAdmission() throws Exception {
        HandDrivenEngine alone = new HandDrivenEngine(8);
        RecordingListener calm = new RecordingListener();
        alone.submit(Priority.BATCH, Specs.guided(3, 7), calm);
        alone.finish(TICK, 1);

        HandDrivenEngine busy = new HandDrivenEngine(5);
        RecordingListener crowded = new RecordingListener();
        busy.submit(Priority.INTERACTIVE, Specs.guided(1, 3), new RecordingListener());
        busy.submit(Priority.BATCH, Specs.guided(3, 7), crowded);
        busy.ticks(2);
        busy.submit(Priority.STANDARD, Specs.unguided(4, 9), new RecordingListener());
        busy.submit(Priority.INTERACTIVE, Specs.guided(5, 2), new RecordingListener());
        busy.finish(Duration.ofSeconds(1), 4);

        assertThat(crowded.pictures.join().getFirst().bytes())
                .isEqualTo(calm.pictures.join().getFirst().bytes());
    }

    @Test
    void pictureIOfManyIsThePictureOfSeedPlusI() throws Exception {
        HandDrivenEngine engine = new HandDrivenEngine(8);
        SamplerSpec sampler = new SamplerSpec(Scheduler.DDIM, 4, 0.5);
        GuidanceSpec guidance = new GuidanceSpec(Kind.CFG, 2);
        RecordingListener many = new RecordingListener();
        engine.submit(Priority.STANDARD, Specs.spec(3, 3, sampler, guidance), many);
        engine.finish(TICK, 3);
        assertThat(many.pictures.join().stream().map(Picture::seed)).containsExactly(103L, 104L, 105L);
        assertThat(many.pictures.join().get(0).bytes())
                .isNotEqualTo(many.pictures.join().get(1).bytes());
        assertThat(many.told).containsExactly("1/4", "2/4", "3/4", "4/4", "finished");
    }

    @Test
    void cancelStopsAtTheNextStepBoundary() throws Exception {
        HandDrivenEngine engine = new HandDrivenEngine(8);
        RecordingListener canceled = new RecordingListener();
        RecordingListener other = new RecordingListener();
        Run run = engine.submit(Priority.STANDARD, Specs.unguided(1, 50), canceled);
        engine.submit(Priority.STANDARD, Specs.unguided(2, 5), other);
        engine.ticks(2);
        run.cancel();
        engine.finish(TICK, 1);
        assertThat(canceled.told).containsExactly("1/50", "2/50", "canceled 2");
        assertThat(other.last()).isEqualTo("finished");
        assertThat(engine.denoiser.forwards.get(2)).containsExactly(2L);
    }

    @Test
    void cancelBeforeTheFirstStepRunsNothing() throws Exception {
        HandDrivenEngine engine = new HandDrivenEngine(8);
        RecordingListener canceled = new RecordingListener();
        engine.submit(Priority.STANDARD, Specs.unguided(1, 50), canceled).cancel();
        engine.ticks(1);
        assertThat(canceled.told).containsExactly("canceled 0");
        assertThat(engine.denoiser.forwards).isEmpty();
    }

    @Test
    void notFiniteLatentsEndThatGenerationOnly() throws Exception {
        HandDrivenEngine engine = new HandDrivenEngine(8);
        engine.denoiser.poison = Optional.of(1L);
        RecordingListener poisoned = new RecordingListener();
        RecordingListener neighbour = new RecordingListener();
        engine.submit(Priority.STANDARD, Specs.unguided(1, 4), poisoned);
        engine.submit(Priority.STANDARD, Specs.unguided(2, 4), neighbour);
        engine.finish(TICK, 1);
        assertThat(poisoned.told).containsExactly("failed numerical_fault");
        assertThat(poisoned.pictures.exceptionNow())
                .hasMessage("The latents of picture 0 are not finite numbers after step 1 of 4;"
                        + " model tiny diverges with these settings.");
        assertThat(neighbour.last()).isEqualTo("finished");
    }

    @Test
    void aDenoiserThatThrowsFailsOnlyWhoFailsAlone() throws Exception {
        HandDrivenEngine engine = new HandDrivenEngine(8);
        engine.denoiser.refuse = Optional.of(1L);
        RecordingListener guilty = new RecordingListener();
        RecordingListener innocent = new RecordingListener();
        engine.submit(Priority.STANDARD, Specs.unguided(1, 3), guilty);
        engine.submit(Priority.STANDARD, Specs.unguided(2, 3), innocent);
        engine.finish(TICK, 1);
        assertThat(engine.denoiser.forwards)
                .containsExactly(List.of(1L, 2L), List.of(1L), List.of(2L), List.of(2L), List.of(2L));
        assertThat(guilty.told).containsExactly("failed denoiser_fault");
        assertThat(innocent.told).containsExactly("1/3", "2/3", "3/3", "finished");
    }

    @Test
    void aPassingFaultCostsNothing() throws Exception {
        HandDrivenEngine engine = new HandDrivenEngine(8);
        engine.denoiser.refuse = Optional.of(1L);
        engine.denoiser.refusals = 1;
        RecordingListener listener = new RecordingListener();
        engine.submit(Priority.STANDARD, Specs.unguided(1, 2), listener);
        engine.finish(TICK, 1);
        assertThat(listener.told).containsExactly("1/2", "2/2", "finished");
    }

    @Test
    void aListenerThatThrowsHarmsNobody() throws Exception {
        HandDrivenEngine engine = new HandDrivenEngine(8);
        RecordingListener neighbour = new RecordingListener();
        engine.submit(Priority.STANDARD, Specs.unguided(1, 2), new GenerationListener() {
            @Override
            public void stepped(int step, int steps) {
                throw new IllegalStateException("scripted");
            }

            @Override
            public void finished(List<Picture> pictures) {
                throw new IllegalStateException("scripted");
            }

            @Override
            public void canceled(int step) {
                throw new IllegalStateException("scripted");
            }

            @Override
            public void expired() {
                throw new IllegalStateException("scripted");
            }

            @Override
            public void failed(EngineException fault) {
                throw new IllegalStateException("scripted");
            }
        });
        engine.submit(Priority.STANDARD, Specs.unguided(2, 2), neighbour);
        engine.finish(TICK, 2);
        assertThat(neighbour.last()).isEqualTo("finished");
    }

    @Test
    void aFullDecodeQueueDoesNotStopTheLoop() throws Exception {
        HandDrivenEngine engine = new HandDrivenEngine(8);
        List<RecordingListener> listeners = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            listeners.add(new RecordingListener());
            engine.submit(Priority.STANDARD, Specs.unguided(i, 2), listeners.getLast());
        }
        engine.finish(TICK, 6);
        assertThat(listeners).allSatisfy(listener -> assertThat(listener.last()).isEqualTo("finished"));
    }

    @Test
    void everyTurnThatRanAForwardIsToldWithTheTimeOfBoth() throws Exception {
        List<Duration> whole = new ArrayList<>();
        List<Duration> within = new ArrayList<>();
        ForwardObserver observer = new ForwardObserver() {
            @Override
            public void forward(int rows, int samples, Duration took) {
                within.add(took);
            }

            @Override
            public void turned(long wholeNanos, long forwardNanos) {
                whole.add(Duration.ofNanos(wholeNanos));
                assertThat(Duration.ofNanos(forwardNanos)).isEqualTo(within.getLast());
            }
        };
        try (LongRun run = new LongRun(Specs.manifest(), new ScriptedDenoiser(), observer)) {
            run.turns(20);
        }
        assertThat(whole).hasSize(20).hasSameSizeAs(within);
        for (int i = 0; i < whole.size(); i++) {
            assertThat(whole.get(i)).isGreaterThan(within.get(i));
        }
    }

    @Test
    void impossibleSpecsAreRefused() {
        HandDrivenEngine engine = new HandDrivenEngine(8);
        RecordingListener listener = new RecordingListener();
        assertThatThrownBy(() -> engine.submit(Priority.STANDARD, Specs.unguided(10, 2), listener))
                .hasMessage("Model tiny has classes 0 to 9, but the job asks for class 10.");
        assertThatThrownBy(() -> engine.submit(Priority.STANDARD, Specs.unguided(1, 1001), listener))
                .hasMessage("Model tiny: num_inference_steps is 1001, but must be between 1 and 1000.");
        assertThat(listener.told).isEmpty();
    }
}
