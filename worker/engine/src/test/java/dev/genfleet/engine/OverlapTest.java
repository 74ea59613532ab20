package dev.genfleet.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.genfleet.engine.device.Device;
import dev.genfleet.engine.fault.EngineException;
import dev.genfleet.engine.onnx.TinyCaptionModel;
import dev.genfleet.engine.onnx.TinyPackage;
import dev.genfleet.engine.pack.ModelPackage;
import dev.genfleet.engine.pack.ModelPackages;
import dev.genfleet.job.Conditioning;
import dev.genfleet.job.GenerationSpec;
import dev.genfleet.job.GuidanceSpec;
import dev.genfleet.job.OutputFormat;
import dev.genfleet.job.Priority;
import dev.genfleet.job.SamplerSpec;
import dev.genfleet.model.ModelConditioning;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Text, pictures and files are made beside the loop, with real models and threads. Listeners that stop the thread that tells them
 * stand for slow stages: the order of what the others hear is what is tested.
 */
final class OverlapTest {

    private static final int STEPS = 40;

    @TempDir
    private Path models;

    /** One file is being written, one frame waits for that, one is decoded, one picture waits, and more are denoised. */
    @Test
    void theLoopStepsWhileEncodingStandsStillAndEveryQueueIsFull() throws Exception {
        ModelPackage model = TinyPackage.write(Files.createDirectory(models.resolve("tiny")), 64, 4, 2);
        EngineSettings settings = EngineSettings.on(new Device.Cpu())
                .withDenoiserThreads(2)
                .withDecoding(new EngineSettings.Decoding(1, 1, new DecodeBatch(1, 1)));
        try (Engine engine = Engine.start(settings, ModelPackages.load(models))) {
            HeldListener held = new HeldListener();
            submit(engine, picture(model, 0, 2), held);
            held.awaitHeld();
            List<RecordingListener> stuck = new ArrayList<>();
            for (int label = 1; label < 7; label++) {
                stuck.add(new RecordingListener());
                submit(engine, picture(model, label, 2), stuck.getLast());
            }
            RecordingListener stepping = new RecordingListener();
            submit(engine, picture(model, 7, STEPS), stepping);
            awaitTold(stepping, STEPS + "/" + STEPS);
            assertThat(stuck).allSatisfy(each -> assertThat(each.last()).isEqualTo("2/2"));
            assertThat(held.told).doesNotContain("released");
            held.release();
            for (RecordingListener each : stuck) {
                each.pictures.get(1, TimeUnit.MINUTES);
            }
            stepping.pictures.get(1, TimeUnit.MINUTES);
        }
    }

    /** The text thread is held while it says that a caption cannot be encoded; captions that wait behind it are not lost. */
    @Test
    void theLoopStepsWhileTextIsEncoded() throws Exception {
        ModelPackage model = TinyCaptionModel.write(
                Files.createDirectory(models.resolve("captions")), ModelConditioning.NullText.EMPTY_CAPTION);
        try (Engine engine = Engine.start(EngineSettings.on(new Device.Cpu()), ModelPackages.load(models))) {
            RecordingListener stepping = new RecordingListener();
            HeldListener held = new HeldListener();
            submit(engine, caption(model, "a red circle", STEPS), stepping);
            awaitTold(stepping, "1/" + STEPS);
            submit(engine, caption(model, TinyCaptionModel.BAD_CAPTION, 2), held);
            held.awaitHeld();
            RecordingListener waiting = new RecordingListener();
            submit(engine, caption(model, "green", 2), waiting);
            awaitTold(stepping, "finished");
            RecordingListener cancelled = new RecordingListener();
            submit(engine, caption(model, "square", 2), cancelled).cancel();
            assertThat(waiting.last()).isEmpty();
            held.release();
            waiting.pictures.get(1, TimeUnit.MINUTES);
            awaitTold(cancelled, "canceled 0");
        }
    }

    /** A real graph refuses one caption of a batch; the others of the same batch get their pictures. */
    @Test
    void aCaptionThatCannotBeEncodedFailsItsJobAlone() throws Exception {
        ModelPackage model = TinyCaptionModel.write(
                Files.createDirectory(models.resolve("captions")), ModelConditioning.NullText.EMPTY_CAPTION);
        try (Engine engine = Engine.start(EngineSettings.on(new Device.Cpu()), ModelPackages.load(models))) {
            HeldListener held = new HeldListener();
            submit(engine, caption(model, TinyCaptionModel.BAD_CAPTION, 2), held);
            held.awaitHeld();
            List<RecordingListener> batch = new ArrayList<>();
            for (String caption : List.of("red", TinyCaptionModel.BAD_CAPTION, "green", "red")) {
                batch.add(new RecordingListener());
                submit(engine, caption(model, caption, 2), batch.getLast());
            }
            held.release();
            awaitTold(batch.get(1), "failed denoiser_fault");
            assertThat(batch.get(1).pictures.exceptionNow())
                    .hasMessageStartingWith("The text encoder of model tiny-captions could not run: ");
            for (int i : new int[] {0, 2, 3}) {
                batch.get(i).pictures.get(1, TimeUnit.MINUTES);
            }
        }
    }

    /** Closing does not wait for what is queued, whichever stage it waits in. */
    @Test
    void closingLeavesFullQueuesBehind() throws Exception {
        ModelPackage model = TinyPackage.write(Files.createDirectory(models.resolve("tiny")), 64, 4, 2);
        EngineSettings settings = EngineSettings.on(new Device.Cpu())
                .withDenoiserThreads(2)
                .withDecoding(new EngineSettings.Decoding(1, 1, new DecodeBatch(1, 1)));
        Engine engine = Engine.start(settings, ModelPackages.load(models));
        HeldListener held = new HeldListener();
        submit(engine, picture(model, 0, 2), held);
        held.awaitHeld();
        RecordingListener stepping = new RecordingListener();
        for (int label = 1; label < 9; label++) {
            submit(engine, picture(model, label, 2), new RecordingListener());
        }
        submit(engine, picture(model, 9, STEPS), stepping);
        awaitTold(stepping, STEPS + "/" + STEPS);
        engine.close();
        assertThat(stepping.last()).isEqualTo(STEPS + "/" + STEPS);
    }

    private static void awaitTold(RecordingListener listener, String message) {
        while (!listener.heard(message)) {
            Thread.onSpinWait();
        }
    }

    private static Run submit(Engine engine, GenerationSpec spec, GenerationListener listener) throws Exception {
        return engine.submit(new Generation("job", spec, Priority.STANDARD, Instant.EPOCH), listener);
    }

    private static GenerationSpec picture(ModelPackage model, int label, int steps) {
        return Specs.of(model.manifest(), Specs.unguided(label, steps));
    }

    private static GenerationSpec caption(ModelPackage model, String prompt, int steps) {
        return new GenerationSpec(
                model.manifest().name(),
                model.manifest().digest(),
                new Conditioning.Caption(prompt, ""),
                model.manifest().sizes().getFirst(),
                1,
                5,
                new SamplerSpec(SamplerSpec.Scheduler.DDIM, steps, 0),
                new GuidanceSpec(GuidanceSpec.Kind.CFG, 3),
                OutputFormat.PNG);
    }

    /** Holds the thread that tells it the end, until it is released or interrupted. */
    private static final class HeldListener implements GenerationListener {
        private final List<String> told = new ArrayList<>();
        private final CountDownLatch heldNow = new CountDownLatch(1);
        private final CountDownLatch mayGo = new CountDownLatch(1);

        void awaitHeld() throws InterruptedException {
            assertThat(heldNow.await(1, TimeUnit.MINUTES)).isTrue();
        }

        void release() {
            told.add("released");
            mayGo.countDown();
        }

        private void hold() {
            heldNow.countDown();
            try {
                mayGo.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        @Override
        public void stepped(int step, int steps) {
            // Only the end is held.
        }

        @Override
        public void finished(List<Picture> pictures) {
            hold();
        }

        @Override
        public void canceled(int step) {
            hold();
        }

        @Override
        public void expired() {
            hold();
        }

        @Override
        public void failed(EngineException fault) {
            hold();
        }
    }
}
