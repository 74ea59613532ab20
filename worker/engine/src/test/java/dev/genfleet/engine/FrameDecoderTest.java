package dev.genfleet.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.genfleet.engine.device.Device;
import dev.genfleet.engine.device.DeviceFault;
import dev.genfleet.engine.device.LatentDecoder;
import dev.genfleet.engine.device.Pixels;
import dev.genfleet.engine.shelf.LoadedModel;
import dev.genfleet.engine.shelf.Loan;
import dev.genfleet.engine.shelf.ModelLoans;
import dev.genfleet.job.Conditioning;
import dev.genfleet.job.GenerationSpec;
import dev.genfleet.job.GuidanceSpec;
import dev.genfleet.job.ImageSize;
import dev.genfleet.job.OutputFormat;
import dev.genfleet.job.Priority;
import dev.genfleet.job.SamplerSpec;
import dev.genfleet.job.VideoSpec;
import dev.genfleet.model.LatentShape;
import dev.genfleet.model.ModelManifest;
import dev.genfleet.model.VideoShape;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** Which frames share a forward, and how many pixels are held, driven by hand on scripted networks. */
final class FrameDecoderTest {

    private static final ImageSize SIZE = new ImageSize(16, 16);
    private static final int PIXELS = 256;
    private static final int CELLS = 64;
    private static final float SCALING = 0.5f;

    private final List<Integer> framesPerForward = new ArrayList<>();
    private final List<Exposure> exposures = new ArrayList<>();
    private Optional<Float> refused = Optional.empty();
    private ActiveGeneration lastWaiting;
    private final ModelManifest manifest = videos();
    private final LoadedModel model =
            new LoadedModel(manifest, new ScriptedDenoiser(), new MeanDecoder(), Optional.empty());
    private final ModelLoans models = _ -> Optional.of(new Loan(model, () -> {}));
    private final DecodeStage stage = new DecodeStage(64, () -> {});
    private final EngineLoop loop = new EngineLoop(
            models,
            EngineSettings.on(new Device.Cpu()).stepping(),
            new Clocks(new ManualClock(), System::nanoTime),
            (_, _, _) -> {},
            stage);

    @Test
    void framesOfAVideoShareForwardsAndWhatWaitsFillsTheLast() throws Exception {
        RecordingListener video = denoise(1, 5);
        RecordingListener second = denoise(2, 2);
        RecordingListener still = denoise(3, 1);
        FrameDecoder decoder = decoder(new DecodeBatch(3, 1 << 20));
        decoder.runOnce();
        decoder.runOnce();
        decoder.runOnce();
        assertThat(framesPerForward).containsExactly(3, 3, 2);
        develop();
        for (RecordingListener each : List.of(video, second, still)) {
            assertThat(each.last()).isEqualTo("finished");
        }
        assertThat(video.pictures.join().getFirst().reel().orElseThrow().video().numFrames())
                .isEqualTo(5);
    }

    @Test
    void aBatchHasNoMorePixelsThanAllowedButAlwaysOneFrame() throws Exception {
        denoise(1, 5);
        FrameDecoder decoder = decoder(new DecodeBatch(4, 2 * PIXELS + 1));
        decoder.runOnce();
        decoder.runOnce();
        FrameDecoder small = decoder(new DecodeBatch(4, 1));
        denoise(2, 2);
        small.runOnce();
        small.runOnce();
        assertThat(framesPerForward).containsExactly(2, 2, 1, 1);
    }

    /** The bytes of a file are those of its frames decoded one by one. */
    @Test
    void theFilesDoNotDependOnTheBatch() throws Exception {
        List<List<byte[]>> made = new ArrayList<>();
        for (int batch : new int[] {1, 2, 3, 8}) {
            List<RecordingListener> listeners = new ArrayList<>();
            for (int label = 0; label < 4; label++) {
                listeners.add(denoise(label, 1 + label));
            }
            FrameDecoder decoder = decoder(new DecodeBatch(batch, 1 << 20));
            while (exposures.size() < 10) {
                decoder.runOnce();
            }
            develop();
            made.add(listeners.stream()
                    .map(each -> each.pictures.join().getFirst().bytes())
                    .toList());
        }
        for (List<byte[]> files : made) {
            assertThat(files).usingElementComparator(Arrays::compare).isEqualTo(made.getFirst());
        }
    }

    @Test
    void aBatchThatFailsIsTriedFrameByFrameAndOnlyTheBadOnesEnd() throws Exception {
        RecordingListener good = denoise(1, 2);
        RecordingListener bad = denoise(2, 2);
        refused = Optional.of(lastWaiting.samples().getFirst().latents()[CELLS] / SCALING);
        RecordingListener alsoGood = denoise(3, 1);
        FrameDecoder decoder = decoder(new DecodeBatch(8, 1 << 20));
        decoder.runOnce();
        develop();
        assertThat(framesPerForward).containsExactly(5, 1, 1, 1, 1, 1);
        assertThat(good.last()).isEqualTo("finished");
        assertThat(alsoGood.last()).isEqualTo("finished");
        assertThat(bad.last()).isEqualTo("failed denoiser_fault");
        assertThat(bad.pictures.exceptionNow())
                .hasMessage("Video 0 of job job-2 could not be decoded: scripted fault.");
    }

    @Test
    void aVideoWhoseJobHasEndedIsNotDecodedFurther() throws Exception {
        RecordingListener listener = denoise(1, 6);
        FrameDecoder decoder = decoder(new DecodeBatch(2, 1 << 20));
        decoder.runOnce();
        exposures.getFirst().sample().generation().cancel();
        exposures.getFirst().sample().generation().endStopped();
        decoder.runOnce();
        assertThat(framesPerForward).containsExactly(2);
        assertThat(exposures.getLast()).isInstanceOf(Exposure.Spoilt.class);
        develop();
        assertThat(listener.last()).startsWith("canceled");
    }

    /** Decoding goes ahead of encoding by so many pixels, then waits, also for its end. */
    @Test
    void decodingRunsAheadOfEncodingUpToTheBound() throws Exception {
        denoise(1, 6);
        MediaStage media = new MediaStage(3 * PIXELS, new Device.Cpu());
        FrameDecoder decoder = new FrameDecoder(models, stage, new DecodeBatch(1, 3 * PIXELS), media);
        for (int i = 0; i < 3; i++) {
            decoder.runOnce();
        }
        assertThat(framesPerForward).as("nothing is encoded yet").hasSize(3);
        AtomicBoolean interrupted = new AtomicBoolean();
        Thread ahead = new Thread(() -> {
            try {
                while (true) {
                    decoder.runOnce();
                }
            } catch (InterruptedException e) {
                interrupted.set(true);
            }
        });
        ahead.start();
        awaitWaiting(ahead);
        assertThat(framesPerForward).as("the fourth frame waits for room").hasSize(4);
        media.runOnce();
        while (framesPerForward.size() < 5) {
            Thread.onSpinWait();
        }
        awaitWaiting(ahead);
        assertThat(framesPerForward).hasSize(5);
        ahead.interrupt();
        ahead.join();
        assertThat(interrupted).isTrue();
        media.close();
    }

    private static void awaitWaiting(Thread thread) {
        while (thread.getState() != Thread.State.WAITING) {
            Thread.onSpinWait();
        }
    }

    private FrameDecoder decoder(DecodeBatch batch) {
        exposures.clear();
        return new FrameDecoder(models, stage, batch, exposures::add);
    }

    private void develop() {
        try (MediaStage media = new MediaStage(1, new Device.Cpu())) {
            exposures.forEach(media::develop);
        }
        exposures.clear();
    }

    /** A video of {@code frames} frames, ready to be decoded. */
    private RecordingListener denoise(int label, int frames) throws Exception {
        RecordingListener listener = new RecordingListener();
        GenerationSpec spec = new GenerationSpec(
                "tiny",
                Specs.DIGEST,
                new Conditioning.ClassLabel(label, "label"),
                SIZE,
                Optional.of(new VideoSpec(frames, 8)),
                1,
                100L + label,
                new SamplerSpec(SamplerSpec.Scheduler.DDIM, 2, 0),
                new GuidanceSpec(GuidanceSpec.Kind.NONE, 1),
                OutputFormat.GIF);
        lastWaiting =
                loop.plan(new Generation("job-" + label, spec, Priority.STANDARD, Instant.EPOCH), listener, manifest);
        loop.admit(lastWaiting);
        while (loop.runOnce()) {
            // until it waits to be decoded
        }
        return listener;
    }

    private static ModelManifest videos() {
        ModelManifest pictures = Specs.manifest();
        return new ModelManifest(
                1,
                pictures.name(),
                pictures.family(),
                pictures.pool(),
                pictures.digest(),
                pictures.files(),
                pictures.denoiser(),
                pictures.noiseSchedule(),
                pictures.latent(),
                pictures.latentDecoder(),
                pictures.conditioning(),
                List.of(SIZE),
                Optional.empty(),
                Optional.of(new VideoShape(4, 16, 8)),
                pictures.defaults(),
                pictures.limits());
    }

    /** Two pixels per latent cell, grey from the first channel. */
    private final class MeanDecoder implements LatentDecoder {
        @Override
        public List<Pixels> decode(List<float[]> latents, LatentShape shape) throws DeviceFault {
            framesPerForward.add(latents.size());
            for (float[] each : latents) {
                if (refused.isPresent() && refused.get() == each[0]) {
                    throw new DeviceFault("scripted fault", new IllegalStateException());
                }
            }
            return latents.stream().map(each -> grey(each, shape)).toList();
        }

        private static Pixels grey(float[] latents, LatentShape shape) {
            int width = 2 * shape.width();
            int height = 2 * shape.height();
            float[] planes = new float[3 * width * height];
            for (int i = 0; i < planes.length; i++) {
                planes[i] = latents[i / width % height / 2 * shape.width() + i % width / 2] / 10;
            }
            return new Pixels(width, height, planes);
        }

        @Override
        public void close() {
            // Holds nothing.
        }
    }
}
