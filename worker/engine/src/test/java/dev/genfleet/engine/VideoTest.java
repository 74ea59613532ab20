package dev.genfleet.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.genfleet.engine.device.Device;
import dev.genfleet.engine.media.video.PlayedVideo;
import dev.genfleet.engine.onnx.TinyPackage;
import dev.genfleet.engine.onnx.TinyVideoModel;
import dev.genfleet.engine.onnx.TinyVideoModel.MotionInput;
import dev.genfleet.engine.pack.ModelPackage;
import dev.genfleet.engine.pack.ModelPackages;
import dev.genfleet.job.Conditioning;
import dev.genfleet.job.GenerationSpec;
import dev.genfleet.job.GuidanceSpec;
import dev.genfleet.job.GuidanceSpec.Kind;
import dev.genfleet.job.OutputFormat;
import dev.genfleet.job.Priority;
import dev.genfleet.job.VideoSpec;
import dev.genfleet.wire.Json;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Videos through denoiser, frame-wise decoder and encoder, with a small real model. */
final class VideoTest {

    private static final GuidanceSpec PLAIN = new GuidanceSpec(Kind.CFG, 3);

    @TempDir
    private Path models;

    @TempDir
    private Path folder;

    @Test
    void everyVideoHasTheSameBytesAloneAndAmongOthers() throws Exception {
        ModelPackage model = write(MotionInput.PRESENT);
        List<GenerationSpec> specs = new ArrayList<>();
        for (int label = 0; label < 3; label++) {
            specs.add(spec(model, label, 4, PLAIN, OutputFormat.MP4));
            specs.add(spec(model, label, 4, GuidanceSpec.motionFree(3, 1.2), OutputFormat.GIF));
            specs.add(spec(model, label, 4, new GuidanceSpec(Kind.NONE, 1), OutputFormat.WEBM));
            specs.add(spec(model, label, 1 + label, GuidanceSpec.motionFree(3, 1.3), OutputFormat.MP4));
        }
        List<byte[]> alone = new ArrayList<>();
        try (Engine engine = start((_, _, _) -> {})) {
            for (GenerationSpec spec : specs) {
                alone.add(await(submit(engine, spec)).bytes());
            }
        }
        assertThat(alone).doesNotHaveDuplicates();
        Queue<Integer> samplesPerForward = new ConcurrentLinkedQueue<>();
        try (Engine engine = start((_, samples, _) -> samplesPerForward.add(samples))) {
            List<RecordingListener> together = new ArrayList<>();
            for (int round = 0; round < 3; round++) {
                for (GenerationSpec spec : specs) {
                    together.add(submit(engine, spec));
                }
            }
            for (int i = 0; i < together.size(); i++) {
                assertThat(await(together.get(i)).bytes()).isEqualTo(alone.get(i % specs.size()));
            }
        }
        assertThat(samplesPerForward).anyMatch(samples -> samples > 1);
    }

    @Test
    void aPlayerSeesTheFramesOfTheSpecAndTheSpecItself() throws Exception {
        ModelPackage model = write(MotionInput.PRESENT);
        try (Engine engine = start((_, _, _) -> {})) {
            GenerationSpec spec = spec(model, 1, 5, GuidanceSpec.motionFree(3, 1.2), OutputFormat.MP4);
            Picture video = await(submit(engine, spec));
            PlayedVideo played = PlayedVideo.of(video.bytes(), folder);
            assertThat(played.frames()).hasSize(5).allMatch(frame -> frame.getWidth() == 16 && frame.getHeight() == 16);
            assertThat(played.fps()).isEqualTo(8);
            assertThat(Json.read(played.comment().getBytes(StandardCharsets.UTF_8), GenerationSpec.class))
                    .isEqualTo(spec);
            assertThat(video.format()).isEqualTo(OutputFormat.MP4);
            assertThat(video.reel().orElseThrow().video()).isEqualTo(new VideoSpec(5, 8));
            BufferedImage poster = ImageIO.read(
                    new ByteArrayInputStream(video.reel().orElseThrow().poster()));
            assertThat(difference(poster, played.frames().getFirst())).isLessThan(4);
            assertThat(difference(poster, played.frames().getLast())).isGreaterThan(8);
        }
    }

    /** GIF files do not hold the spec, so equal frames give equal files whatever asked for them. */
    @ParameterizedTest
    @CsvSource({"1, 1, 1, none", "3, 1, 2, cfg"})
    void scalesOfOneAreTheGuidanceWithoutThem(double text, double motion, int rows, String plain) throws Exception {
        ModelPackage model = write(MotionInput.PRESENT);
        Queue<Integer> rowsPerForward = new ConcurrentLinkedQueue<>();
        try (Engine engine = start((count, _, _) -> rowsPerForward.add(count))) {
            byte[] reduced = await(
                            submit(engine, spec(model, 2, 4, GuidanceSpec.motionFree(text, motion), OutputFormat.GIF)))
                    .bytes();
            assertThat(rowsPerForward).hasSize(6).containsOnly(rows);
            assertThat(await(submit(
                                    engine,
                                    spec(model, 2, 4, new GuidanceSpec(Kind.parse(plain), text), OutputFormat.GIF)))
                            .bytes())
                    .isEqualTo(reduced);
        }
    }

    @Test
    void motionIsGuidedByRowsWithoutIt() throws Exception {
        ModelPackage model = write(MotionInput.PRESENT);
        Queue<Integer> rowsPerForward = new ConcurrentLinkedQueue<>();
        try (Engine engine = start((count, _, _) -> rowsPerForward.add(count))) {
            byte[] guided = await(submit(engine, spec(model, 0, 4, GuidanceSpec.motionFree(3, 1.3), OutputFormat.GIF)))
                    .bytes();
            assertThat(rowsPerForward).containsOnly(3);
            assertThat(await(submit(engine, spec(model, 0, 4, PLAIN, OutputFormat.GIF)))
                            .bytes())
                    .isNotEqualTo(guided);
        }
    }

    /** A frame that is alone sees itself either way; only the order of rounding differs. */
    @Test
    void aSingleFrameHasNoMotionToGuide() throws Exception {
        ModelPackage model = write(MotionInput.PRESENT);
        try (Engine engine = start((_, _, _) -> {})) {
            BufferedImage guided = poster(engine, spec(model, 0, 1, GuidanceSpec.motionFree(3, 2), OutputFormat.MP4));
            assertThat(difference(guided, poster(engine, spec(model, 0, 1, PLAIN, OutputFormat.MP4))))
                    .isLessThanOrEqualTo(1);
        }
    }

    @Test
    void videosNeedNoInputForMotion() throws Exception {
        ModelPackage model = write(MotionInput.ABSENT);
        try (Engine engine = start((_, _, _) -> {})) {
            Picture video = await(submit(engine, spec(model, 0, 3, PLAIN, OutputFormat.WEBM)));
            assertThat(PlayedVideo.of(video.bytes(), folder).frames()).hasSize(3);
            assertThatThrownBy(
                            () -> submit(engine, spec(model, 0, 3, GuidanceSpec.motionFree(3, 1.2), OutputFormat.WEBM)))
                    .hasMessage("Model tiny-videos knows no motion and so takes no motion-free guidance.");
        }
    }

    @Test
    void whatTheModelCannotMakeIsRefused() throws Exception {
        ModelPackage model = write(MotionInput.PRESENT);
        try (Engine engine = start((_, _, _) -> {})) {
            assertThatThrownBy(() -> submit(engine, spec(model, 0, 7, PLAIN, OutputFormat.MP4)))
                    .hasMessage("Model tiny-videos makes videos of 1 to 6 frames, but the job asks for 7.");
            GenerationSpec video = spec(model, 0, 1, PLAIN, OutputFormat.MP4);
            GenerationSpec picture = new GenerationSpec(
                    video.model(),
                    video.modelDigest(),
                    video.conditioning(),
                    video.size(),
                    1,
                    1,
                    video.sampler(),
                    PLAIN,
                    OutputFormat.PNG);
            assertThatThrownBy(() -> submit(engine, picture))
                    .hasMessage("Model tiny-videos makes videos, but the job asks for a picture.");
        }
    }

    @Test
    void aPackageOfVideosWhoseGraphTakesPicturesIsLeftOut() throws Exception {
        Path wrong = Files.createDirectory(models.resolve("wrong"));
        TinyPackage.write(wrong, 32, 2, 1);
        Path right = Files.createDirectory(models.resolve("right"));
        TinyVideoModel.write(right, MotionInput.ABSENT);
        Files.copy(
                wrong.resolve("transformer/model.onnx"),
                right.resolve("transformer/model.onnx"),
                StandardCopyOption.REPLACE_EXISTING);
        String left = TinyVideoModel.seal(right, MotionInput.ABSENT).manifest().digest();
        try (Engine engine = start((_, _, _) -> {})) {
            assertThat(engine.digests()).hasSize(1).doesNotContain(left);
        }
    }

    private ModelPackage write(MotionInput motion) throws Exception {
        return TinyVideoModel.write(Files.createDirectory(models.resolve("videos")), motion);
    }

    private Engine start(ForwardObserver observer) throws Exception {
        return Engine.start(
                EngineSettings.on(new Device.Cpu()).withDenoiserThreads(2).withRowChoice(RowChoice.FULL),
                ModelPackages.load(models),
                observer);
    }

    private static GenerationSpec spec(
            ModelPackage model, int label, int frames, GuidanceSpec guidance, OutputFormat format) {
        return new GenerationSpec(
                model.manifest().name(),
                model.manifest().digest(),
                new Conditioning.ClassLabel(label, "label"),
                model.manifest().sizes().getFirst(),
                Optional.of(new VideoSpec(frames, 8)),
                1,
                5,
                model.manifest().defaults().sampler(),
                guidance,
                format);
    }

    private static RecordingListener submit(Engine engine, GenerationSpec spec) throws Exception {
        RecordingListener listener = new RecordingListener();
        engine.submit(new Generation("job", spec, Priority.STANDARD, Instant.EPOCH), listener);
        return listener;
    }

    private static Picture await(RecordingListener listener) throws Exception {
        return listener.pictures.get(2, TimeUnit.MINUTES).getFirst();
    }

    private static BufferedImage poster(Engine engine, GenerationSpec spec) throws Exception {
        return ImageIO.read(new ByteArrayInputStream(
                await(submit(engine, spec)).reel().orElseThrow().poster()));
    }

    /** Mean absolute difference of all channels, in steps of 256. */
    private static double difference(BufferedImage one, BufferedImage other) {
        long sum = 0;
        for (int y = 0; y < one.getHeight(); y++) {
            for (int x = 0; x < one.getWidth(); x++) {
                for (int shift = 0; shift <= 16; shift += 8) {
                    sum += Math.abs((one.getRGB(x, y) >> shift & 0xff) - (other.getRGB(x, y) >> shift & 0xff));
                }
            }
        }
        return sum / (3.0 * one.getWidth() * one.getHeight());
    }
}
