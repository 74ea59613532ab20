package dev.genfleet.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.genfleet.engine.device.Device;
import dev.genfleet.engine.onnx.TinyCaptionModel;
import dev.genfleet.engine.pack.ModelPackage;
import dev.genfleet.engine.pack.ModelPackages;
import dev.genfleet.job.Conditioning;
import dev.genfleet.job.GenerationSpec;
import dev.genfleet.job.GuidanceSpec;
import dev.genfleet.job.OutputFormat;
import dev.genfleet.job.Priority;
import dev.genfleet.model.ModelConditioning.NullText;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Captions through tokenizer, text encoder and denoiser, with a small real model. */
final class CaptionTest {

    private static final List<String> CAPTIONS =
            List.of("a red circle", "a green circle", "red square on a green square", "a", "never seen words");

    @TempDir
    private Path models;

    @Test
    void everyCaptionGivesItsOwnPictureTheSameAloneAndAmongOthers() throws Exception {
        ModelPackage model = write(NullText.EMPTY_CAPTION);
        List<byte[]> alone = new ArrayList<>();
        try (Engine engine = start((_, _, _) -> {})) {
            for (String caption : CAPTIONS) {
                alone.add(picture(engine, spec(model, caption, "", 3)));
            }
        }
        assertThat(alone).doesNotHaveDuplicates();
        Queue<Integer> samplesPerForward = new ConcurrentLinkedQueue<>();
        try (Engine engine = start((_, samples, _) -> samplesPerForward.add(samples))) {
            List<RecordingListener> together = new ArrayList<>();
            for (int round = 0; round < 4; round++) {
                for (String caption : CAPTIONS) {
                    together.add(submit(engine, spec(model, caption, "", 3)));
                }
            }
            for (int i = 0; i < together.size(); i++) {
                assertThat(bytes(together.get(i))).isEqualTo(alone.get(i % CAPTIONS.size()));
            }
        }
        assertThat(samplesPerForward).anyMatch(samples -> samples > 1);
    }

    @Test
    void aNegativePromptTakesTheNullTextsPlace() throws Exception {
        ModelPackage model = write(NullText.EMPTY_CAPTION);
        try (Engine engine = start((_, _, _) -> {})) {
            byte[] plain = picture(engine, spec(model, "a red circle", "", 3));
            assertThat(picture(engine, spec(model, "a red circle", "blurry", 3)))
                    .isNotEqualTo(plain);
            assertThat(picture(engine, spec(model, "a red circle", "", 3))).isEqualTo(plain);
        }
    }

    @Test
    void zerosAreAnotherNullTextThanTheEmptyCaption() throws Exception {
        ModelPackage empty = write(NullText.EMPTY_CAPTION);
        ModelPackage zeros = write(NullText.ZEROS);
        try (Engine engine = start((_, _, _) -> {})) {
            assertThat(pixels(picture(engine, spec(zeros, "a red circle", "", 3))))
                    .isNotEqualTo(pixels(picture(engine, spec(empty, "a red circle", "", 3))));
            assertThat(pixels(picture(engine, spec(zeros, "a red circle", "", 1))))
                    .as("unguided, there is no null text")
                    .isEqualTo(pixels(picture(engine, spec(empty, "a red circle", "", 1))));
        }
    }

    @Test
    void aLabelForACaptionModelIsRefused() throws Exception {
        ModelPackage model = write(NullText.ZEROS);
        GenerationSpec caption = spec(model, "x", "", 1);
        GenerationSpec label = new GenerationSpec(
                caption.model(),
                caption.modelDigest(),
                new Conditioning.ClassLabel(1, "a"),
                caption.size(),
                1,
                1,
                caption.sampler(),
                caption.guidance(),
                OutputFormat.PNG);
        try (Engine engine = start((_, _, _) -> {})) {
            assertThatThrownBy(() -> submit(engine, label))
                    .hasMessage("Model tiny-captions takes a prompt, but the job has a class label.");
        }
    }

    private ModelPackage write(NullText nullText) throws Exception {
        return TinyCaptionModel.write(Files.createDirectory(models.resolve(nullText.wireName())), nullText);
    }

    private Engine start(ForwardObserver observer) throws Exception {
        return Engine.start(
                EngineSettings.on(new Device.Cpu()).withDenoiserThreads(2).withRowChoice(RowChoice.FULL),
                ModelPackages.load(models),
                observer);
    }

    private static GenerationSpec spec(ModelPackage model, String prompt, String negativePrompt, double scale) {
        return new GenerationSpec(
                model.manifest().name(),
                model.manifest().digest(),
                new Conditioning.Caption(prompt, negativePrompt),
                model.manifest().sizes().getFirst(),
                1,
                5,
                model.manifest().defaults().sampler(),
                new GuidanceSpec(GuidanceSpec.Kind.CFG, scale),
                OutputFormat.PNG);
    }

    private static RecordingListener submit(Engine engine, GenerationSpec spec) throws Exception {
        RecordingListener listener = new RecordingListener();
        engine.submit(new Generation("job", spec, Priority.STANDARD, Instant.EPOCH), listener);
        return listener;
    }

    private static byte[] picture(Engine engine, GenerationSpec spec) throws Exception {
        return bytes(submit(engine, spec));
    }

    private static byte[] bytes(RecordingListener listener) throws Exception {
        return listener.pictures.get(2, TimeUnit.MINUTES).getFirst().bytes();
    }

    private static int[] pixels(byte[] png) throws Exception {
        BufferedImage picture = ImageIO.read(new ByteArrayInputStream(png));
        return picture.getRGB(0, 0, picture.getWidth(), picture.getHeight(), null, 0, picture.getWidth());
    }
}
