package dev.genfleet.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.genfleet.engine.device.Device;
import dev.genfleet.engine.onnx.TinyCaptionModel;
import dev.genfleet.engine.onnx.TinyPackage;
import dev.genfleet.engine.onnx.TinyVideoModel;
import dev.genfleet.engine.onnx.TinyVideoModel.MotionInput;
import dev.genfleet.engine.pack.ModelPackages;
import dev.genfleet.job.Conditioning;
import dev.genfleet.job.GenerationSpec;
import dev.genfleet.job.GuidanceInterval;
import dev.genfleet.job.GuidanceSpec;
import dev.genfleet.job.GuidanceSpec.Kind;
import dev.genfleet.job.OutputFormat;
import dev.genfleet.job.Priority;
import dev.genfleet.job.SamplerSpec;
import dev.genfleet.job.SamplerSpec.Scheduler;
import dev.genfleet.job.VideoSpec;
import dev.genfleet.model.ModelConditioning.NullText;
import dev.genfleet.model.ModelManifest;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What guidance does to whole generations, and what it costs in rows, on small real models. */
final class GuidedGenerationTest {

    private static final int STEPS = 10;
    private static final Optional<GuidanceInterval> ALWAYS = Optional.empty();
    private static final Optional<GuidanceInterval> NEVER = Optional.of(new GuidanceInterval(0.5, 0.5));
    private static final Optional<GuidanceInterval> MIDDLE = Optional.of(new GuidanceInterval(0.2, 0.75));

    @TempDir
    static Path models;

    private static final List<Integer> ROWS_PER_FORWARD = Collections.synchronizedList(new ArrayList<>());

    private static ModelManifest classes;
    private static ModelManifest captions;
    private static ModelManifest videos;
    private static Engine engine;

    @BeforeAll
    static void startEngine() throws Exception {
        classes = TinyPackage.write(folder("classes"), 64, 2, 1).manifest();
        captions = TinyCaptionModel.write(folder("captions"), NullText.EMPTY_CAPTION)
                .manifest();
        videos = TinyVideoModel.write(folder("videos"), MotionInput.PRESENT).manifest();
        engine = Engine.start(
                EngineSettings.on(new Device.Cpu()).withDenoiserThreads(1).withRowChoice(RowChoice.FULL),
                ModelPackages.load(models),
                (rows, _, _) -> ROWS_PER_FORWARD.add(rows));
    }

    @AfterAll
    static void stopEngine() {
        engine.close();
    }

    @BeforeEach
    void forgetRows() {
        ROWS_PER_FORWARD.clear();
    }

    @Test
    void guidanceScaleOneComputesOneRowAndIsThePlainConditionalForward() throws Exception {
        List<Integer> plain = pixels(ofClass(new GuidanceSpec(Kind.NONE, 1)));
        for (Kind kind : List.of(Kind.CFG, Kind.CFG_THREE_CHANNEL)) {
            assertThat(pixels(ofClass(guidance(kind, 1, 0.7, MIDDLE)))).isEqualTo(plain);
        }
        assertThat(ROWS_PER_FORWARD).hasSize(3 * STEPS).containsOnly(1);
    }

    @Test
    void onlyTheStepsOfAnIntervalAreGuidedAndTheOthersCostOneRow() throws Exception {
        List<Integer> guided = pixels(ofClass(guidance(Kind.CFG, 4, 0, MIDDLE)));
        assertThat(ROWS_PER_FORWARD).containsExactly(1, 1, 2, 2, 2, 2, 2, 1, 1, 1);
        assertThat(guided)
                .isNotEqualTo(pixels(ofClass(guidance(Kind.CFG, 4, 0, ALWAYS))))
                .isNotEqualTo(pixels(ofClass(guidance(Kind.CFG, 4, 0, NEVER))));
    }

    @Test
    void anIntervalOfNoStepIsThePlainConditionalForward() throws Exception {
        assertThat(pixels(ofClass(guidance(Kind.CFG, 4, 0.7, NEVER))))
                .isEqualTo(pixels(ofClass(new GuidanceSpec(Kind.NONE, 1))));
        assertThat(ROWS_PER_FORWARD).containsOnly(1);
    }

    @Test
    void anIntervalOfAllStepsIsPlainGuidance() throws Exception {
        assertThat(pixels(ofClass(guidance(Kind.CFG, 4, 0, Optional.of(GuidanceInterval.ALL)))))
                .isEqualTo(pixels(ofClass(new GuidanceSpec(Kind.CFG, 4))));
        assertThat(ROWS_PER_FORWARD).containsOnly(2);
    }

    @Test
    void rescalingByNothingIsPlainGuidanceAndByMoreIsNot() throws Exception {
        List<Integer> plain = pixels(ofClass(new GuidanceSpec(Kind.CFG, 4)));
        assertThat(pixels(ofClass(guidance(Kind.CFG, 4, 0, ALWAYS)))).isEqualTo(plain);
        assertThat(pixels(ofClass(guidance(Kind.CFG, 4, 0.7, ALWAYS)))).isNotEqualTo(plain);
        assertThat(ROWS_PER_FORWARD).hasSize(3 * STEPS).containsOnly(2);
    }

    @Test
    void aNegativePromptCountsInTheIntervalAlone() throws Exception {
        for (double rescale : List.of(0.0, 0.7)) {
            assertThat(pixels(ofCaption("blurry", guidance(Kind.CFG, 4, rescale, MIDDLE))))
                    .isNotEqualTo(pixels(ofCaption("", guidance(Kind.CFG, 4, rescale, MIDDLE))));
            assertThat(pixels(ofCaption("blurry", guidance(Kind.CFG, 4, rescale, NEVER))))
                    .isEqualTo(pixels(ofCaption("", guidance(Kind.CFG, 4, rescale, NEVER))));
        }
        assertThat(pixels(ofCaption("blurry", guidance(Kind.CFG, 4, 0.7, MIDDLE))))
                .isNotEqualTo(pixels(ofCaption("blurry", guidance(Kind.CFG, 4, 0, MIDDLE))));
    }

    @Test
    void motionFreeGuidanceTakesThreeRowsInItsIntervalAlone() throws Exception {
        GuidanceSpec guidance = new GuidanceSpec(Kind.MOTION_FREE, 3, Optional.of(1.2), Optional.of(0.7), MIDDLE);
        file(ofVideo(guidance));
        assertThat(ROWS_PER_FORWARD).containsExactly(1, 1, 3, 3, 3, 3, 3, 1, 1, 1);
    }

    /** GIF files do not hold the spec, so equal frames give equal files whatever asked for them. */
    @Test
    void bothLambdasOneAreThePlainConditionalForwardAlsoWhenRescaled() throws Exception {
        GuidanceSpec ones = new GuidanceSpec(Kind.MOTION_FREE, 1, Optional.of(1.0), Optional.of(0.7), MIDDLE);
        assertThat(file(ofVideo(ones))).isEqualTo(file(ofVideo(new GuidanceSpec(Kind.NONE, 1))));
        assertThat(ROWS_PER_FORWARD).containsOnly(1);
    }

    @Test
    void motionIsNotGuidedInPictures() {
        assertThatThrownBy(() -> file(ofClass(GuidanceSpec.motionFree(3, 1.2))))
                .hasMessage("Model tiny knows no motion and so takes no motion-free guidance.");
    }

    private static Path folder(String name) throws Exception {
        return Files.createDirectory(models.resolve(name));
    }

    private static GuidanceSpec guidance(Kind kind, double scale, double rescale, Optional<GuidanceInterval> interval) {
        return new GuidanceSpec(kind, scale, Optional.empty(), Optional.of(rescale), interval);
    }

    private static GenerationSpec ofClass(GuidanceSpec guidance) {
        return Specs.of(classes, Specs.spec(3, 1, new SamplerSpec(Scheduler.DDPM, STEPS, 0), guidance));
    }

    private static GenerationSpec ofCaption(String negativePrompt, GuidanceSpec guidance) {
        return spec(captions, new Conditioning.Caption("a red circle", negativePrompt), guidance);
    }

    private static GenerationSpec ofVideo(GuidanceSpec guidance) {
        return spec(videos, new Conditioning.ClassLabel(1, "b"), guidance);
    }

    private static GenerationSpec spec(ModelManifest model, Conditioning conditioning, GuidanceSpec guidance) {
        return new GenerationSpec(
                model.name(),
                model.digest(),
                conditioning,
                model.sizes().getFirst(),
                model.video().map(_ -> new VideoSpec(4, 8)),
                1,
                5,
                new SamplerSpec(Scheduler.DDIM, STEPS, 0),
                guidance,
                model.video().isPresent() ? OutputFormat.GIF : OutputFormat.PNG);
    }

    private static byte[] file(GenerationSpec spec) throws Exception {
        RecordingListener listener = new RecordingListener();
        engine.submit(new Generation("job", spec, Priority.STANDARD, Instant.EPOCH), listener);
        return listener.pictures.get(2, TimeUnit.MINUTES).getFirst().bytes();
    }

    private static List<Integer> pixels(GenerationSpec spec) throws Exception {
        BufferedImage picture = ImageIO.read(new ByteArrayInputStream(file(spec)));
        List<Integer> pixels = new ArrayList<>();
        for (int y = 0; y < picture.getHeight(); y++) {
            for (int x = 0; x < picture.getWidth(); x++) {
                pixels.add(picture.getRGB(x, y));
            }
        }
        return pixels;
    }
}
