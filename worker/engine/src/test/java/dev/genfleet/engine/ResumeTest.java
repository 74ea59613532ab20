package dev.genfleet.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.genfleet.engine.device.Device;
import dev.genfleet.engine.onnx.TinyPackage;
import dev.genfleet.engine.onnx.TinyVideoModel;
import dev.genfleet.engine.onnx.TinyVideoModel.MotionInput;
import dev.genfleet.engine.pack.ModelPackage;
import dev.genfleet.engine.pack.ModelPackages;
import dev.genfleet.engine.schedule.NoiseScheduler;
import dev.genfleet.job.Conditioning;
import dev.genfleet.job.GenerationSpec;
import dev.genfleet.job.GuidanceSpec;
import dev.genfleet.job.GuidanceSpec.Kind;
import dev.genfleet.job.OutputFormat;
import dev.genfleet.job.Priority;
import dev.genfleet.job.SamplerSpec;
import dev.genfleet.job.SamplerSpec.Scheduler;
import dev.genfleet.job.VideoSpec;
import dev.genfleet.model.ModelManifest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Generations that are put aside or killed at random steps, again and again, and go on in other engines with other neighbours and
 * other forwards: on ONNX Runtime, with every scheduler that there is.
 */
final class ResumeTest {

    private static final int CASES_PER_SCHEDULER = 8;
    private static final int INTERRUPTIONS = 2;
    private static final List<Integer> ROWS = List.of(3, 5, 16);

    @TempDir
    static Path models;

    private static ModelManifest pictures;
    private static ModelManifest videos;

    @BeforeAll
    static void writeModels() throws Exception {
        ModelPackage ofPictures = TinyPackage.write(Files.createDirectory(models.resolve("pictures")), 192, 3, 2);
        ModelPackage ofVideos =
                TinyVideoModel.write(Files.createDirectory(models.resolve("videos")), MotionInput.PRESENT);
        pictures = ofPictures.manifest();
        videos = ofVideos.manifest();
    }

    @Test
    void anInterruptedGenerationHasTheBytesOfAnUndisturbedOne() throws Exception {
        long seed = Long.getLong("genfleet.test.seed", System.nanoTime());
        System.out.println("ResumeTest: -Dgenfleet.test.seed=" + seed);
        Random random = new Random(seed);
        List<GenerationSpec> specs = specs(random);
        List<List<byte[]>> expected = new ArrayList<>();
        try (Engine engine = engine(16)) {
            for (GenerationSpec spec : specs) {
                expected.add(run(engine, spec, Optional.empty(), Stop.NEVER).files());
            }
        }
        List<Optional<Checkpoint>> checkpoints = new ArrayList<>();
        specs.forEach(_ -> checkpoints.add(Optional.empty()));
        for (int round = 0; round < INTERRUPTIONS; round++) {
            try (Engine engine = engine(ROWS.get(random.nextInt(ROWS.size())))) {
                List<Interrupted> interrupted = new ArrayList<>();
                for (int i = 0; i < specs.size(); i++) {
                    int reached = checkpoints.get(i).map(Checkpoint::step).orElse(0);
                    int left = specs.get(i).sampler().steps() - reached;
                    Stop stop = random.nextBoolean()
                            ? Stop.suspend(reached + 1 + random.nextInt(left))
                            : Stop.kill(reached + 1 + random.nextInt(left));
                    interrupted.add(run(engine, specs.get(i), checkpoints.get(i), stop));
                }
                for (int i = 0; i < specs.size(); i++) {
                    checkpoints.set(i, interrupted.get(i).checkpoint());
                }
            }
        }
        assertThat(checkpoints).filteredOn(Optional::isPresent).hasSizeGreaterThan(specs.size() / 2);
        try (Engine engine = engine(ROWS.get(random.nextInt(ROWS.size())))) {
            List<Interrupted> resumed = new ArrayList<>();
            for (int i = 0; i < specs.size(); i++) {
                resumed.add(run(engine, specs.get(i), checkpoints.get(i), Stop.NEVER));
            }
            for (int i = 0; i < specs.size(); i++) {
                assertThat(resumed.get(i).files())
                        .as(
                                "seed %d, %s from %s",
                                seed, specs.get(i), checkpoints.get(i).map(Checkpoint::step))
                        .containsExactlyElementsOf(expected.get(i));
                assertThat(resumed.get(i).firstStep)
                        .isEqualTo(checkpoints.get(i).map(Checkpoint::step).orElse(0) + 1);
            }
        }
    }

    private static List<GenerationSpec> specs(Random random) {
        List<GenerationSpec> specs = new ArrayList<>();
        for (Scheduler scheduler : Scheduler.values()) {
            for (int i = 0; i < CASES_PER_SCHEDULER; i++) {
                ModelManifest model = i % 3 == 2 ? videos : pictures;
                double eta = scheduler == Scheduler.DDIM && random.nextBoolean() ? 0.7 : 0;
                SamplerSpec sampler = new SamplerSpec(scheduler, 3 + random.nextInt(7), eta);
                if (runs(model, sampler)) {
                    specs.add(i % 3 == 2 ? video(sampler, random) : picture(sampler, random));
                }
            }
        }
        assertThat(specs).extracting(spec -> spec.sampler().scheduler()).contains(Scheduler.DDPM, Scheduler.DDIM);
        return specs;
    }

    private static boolean runs(ModelManifest model, SamplerSpec sampler) {
        try {
            return NoiseScheduler.of(model, sampler).steps() > 1;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static GenerationSpec picture(SamplerSpec sampler, Random random) {
        GuidanceSpec guidance = random.nextBoolean()
                ? new GuidanceSpec(Kind.NONE, 1)
                : new GuidanceSpec(random.nextBoolean() ? Kind.CFG : Kind.CFG_THREE_CHANNEL, 4);
        return Specs.of(pictures, Specs.spec(random.nextInt(10), 1 + random.nextInt(4), sampler, guidance));
    }

    private static GenerationSpec video(SamplerSpec sampler, Random random) {
        GuidanceSpec guidance = random.nextBoolean() ? new GuidanceSpec(Kind.NONE, 1) : GuidanceSpec.motionFree(3, 1.2);
        return new GenerationSpec(
                videos.name(),
                videos.digest(),
                new Conditioning.ClassLabel(random.nextInt(3), "label"),
                videos.sizes().getFirst(),
                Optional.of(new VideoSpec(1 + random.nextInt(TinyVideoModel.MAX_FRAMES), 8)),
                1 + random.nextInt(2),
                random.nextInt(1000),
                sampler,
                guidance,
                OutputFormat.MP4);
    }

    /** With a checkpoint after every step. */
    private static Engine engine(int maxRows) throws Exception {
        return Engine.start(
                EngineSettings.on(new Device.Cpu()).withMaxRows(maxRows).withCheckpointEvery(Duration.ofNanos(1)),
                ModelPackages.load(models));
    }

    private static Interrupted run(Engine engine, GenerationSpec spec, Optional<Checkpoint> from, Stop stop)
            throws Exception {
        Interrupted listener = new Interrupted(stop);
        listener.run.complete(engine.submit(
                new Generation("job", spec, Priority.STANDARD, Instant.EPOCH, Optional.empty(), false, from),
                listener));
        return listener;
    }

    /**
     * When to interrupt, and how.
     *
     * @param atStep of the slowest picture
     */
    private record Stop(int atStep, How how) {

        static final Stop NEVER = new Stop(Integer.MAX_VALUE, How.SUSPEND);

        static Stop suspend(int atStep) {
            return new Stop(atStep, How.SUSPEND);
        }

        static Stop kill(int atStep) {
            return new Stop(atStep, How.KILL);
        }

        private enum How {
            SUSPEND,
            /** What is left is the checkpoint told last. */
            KILL
        }
    }

    /** Interrupts its run at a step. */
    private static final class Interrupted implements GenerationListener {

        private final Stop stop;
        private final CompletableFuture<Run> run = new CompletableFuture<>();
        private final CompletableFuture<Optional<Checkpoint>> left = new CompletableFuture<>();
        private final RecordingListener rest = new RecordingListener();
        private Optional<Checkpoint> latest = Optional.empty();
        private int firstStep;

        Interrupted(Stop stop) {
            this.stop = stop;
        }

        Optional<Checkpoint> checkpoint() throws Exception {
            return left.get(2, TimeUnit.MINUTES);
        }

        List<byte[]> files() throws Exception {
            return rest.pictures.get(2, TimeUnit.MINUTES).stream()
                    .map(Picture::bytes)
                    .toList();
        }

        @Override
        public void stepped(int step, int steps) {
            firstStep = firstStep == 0 ? step : firstStep;
            if (step == stop.atStep()) {
                switch (stop.how()) {
                    case SUSPEND -> run.join().suspend();
                    case KILL -> run.join().cancel();
                }
            }
        }

        @Override
        public void expired() {
            rest.expired();
        }

        @Override
        public void checkpointed(Checkpoint checkpoint) {
            latest = Optional.of(checkpoint);
        }

        @Override
        public void suspended(Optional<Checkpoint> checkpoint) {
            left.complete(checkpoint);
        }

        @Override
        public void canceled(int step) {
            left.complete(latest);
        }

        /** Its last step had run before it could be stopped: as if the file had been lost. */
        @Override
        public void finished(List<Picture> pictures) {
            left.complete(latest);
            rest.finished(pictures);
        }

        @Override
        public void failed(dev.genfleet.engine.fault.EngineException fault) {
            left.completeExceptionally(fault);
            rest.failed(fault);
        }
    }
}
