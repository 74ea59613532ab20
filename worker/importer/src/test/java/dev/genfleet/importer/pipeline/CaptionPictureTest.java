package dev.genfleet.importer.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.genfleet.engine.Engine;
import dev.genfleet.engine.EngineSettings;
import dev.genfleet.engine.Generation;
import dev.genfleet.engine.GenerationListener;
import dev.genfleet.engine.Picture;
import dev.genfleet.engine.RowChoice;
import dev.genfleet.engine.device.Device;
import dev.genfleet.engine.fault.EngineException;
import dev.genfleet.engine.pack.ModelPackage;
import dev.genfleet.engine.pack.ModelPackages;
import dev.genfleet.importer.ImportOptions;
import dev.genfleet.importer.ModelImporter;
import dev.genfleet.importer.precision.Operators;
import dev.genfleet.importer.precision.Precision;
import dev.genfleet.job.Conditioning;
import dev.genfleet.job.GenerationSpec;
import dev.genfleet.job.GuidanceSpec;
import dev.genfleet.job.OutputFormat;
import dev.genfleet.job.Priority;
import dev.genfleet.job.SamplerSpec;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a worker's engine makes of an imported caption pipeline. */
class CaptionPictureTest {

    private static final List<String> CAPTIONS = List.of("a lighthouse", "a red circle on a hill", "");

    @TempDir
    private Path models;

    @Test
    void everyCaptionGivesItsOwnPictureTheSameAloneAndAmongOthers() throws Exception {
        ModelPackage model = imported(TinyPipeline.pixart(models.resolve("pipeline")), ImportOptions.USUAL);
        List<byte[]> alone = new ArrayList<>();
        Queue<Integer> samplesPerForward = new ConcurrentLinkedQueue<>();
        try (Engine engine = Engine.start(
                EngineSettings.on(new Device.Cpu()).withDenoiserThreads(2).withRowChoice(RowChoice.FULL),
                ModelPackages.load(models.resolve("served")),
                (_, samples, _) -> samplesPerForward.add(samples))) {
            for (String caption : CAPTIONS) {
                alone.add(submit(engine, model, caption).get(2, TimeUnit.MINUTES));
            }
            assertThat(samplesPerForward).containsOnly(1);
            List<CompletableFuture<byte[]>> together = new ArrayList<>();
            for (int round = 0; round < 3; round++) {
                for (String caption : CAPTIONS) {
                    together.add(submit(engine, model, caption));
                }
            }
            for (int i = 0; i < together.size(); i++) {
                assertThat(together.get(i).get(2, TimeUnit.MINUTES))
                        .as("picture of '%s'", CAPTIONS.get(i % CAPTIONS.size()))
                        .isEqualTo(alone.get(i % CAPTIONS.size()));
            }
        }
        assertThat(samplesPerForward).anyMatch(samples -> samples > 1);
        assertThat(alone).doesNotHaveDuplicates();
        BufferedImage picture = ImageIO.read(new ByteArrayInputStream(alone.getFirst()));
        assertThat(List.of(picture.getWidth(), picture.getHeight())).containsExactly(16, 16);
        assertThat(List.of(picture.getRGB(0, 0), picture.getRGB(9, 5), picture.getRGB(15, 15)))
                .doesNotHaveDuplicates();
    }

    @Test
    void anEightBitPackageGivesPicturesToo() throws Exception {
        ModelPackage model = imported(
                TinyPipeline.widePixart(models.resolve("pipeline")), Options.in(Precision.INT8, Operators.FUSED));
        try (Engine engine = Engine.start(
                EngineSettings.on(new Device.Cpu()).withDenoiserThreads(2).withRowChoice(RowChoice.FULL),
                ModelPackages.load(models.resolve("served")))) {
            byte[] first = submit(engine, model, CAPTIONS.getFirst()).get(2, TimeUnit.MINUTES);
            assertThat(submit(engine, model, CAPTIONS.getFirst()).get(2, TimeUnit.MINUTES))
                    .isEqualTo(first);
            assertThat(submit(engine, model, CAPTIONS.getLast()).get(2, TimeUnit.MINUTES))
                    .isNotEqualTo(first);
        }
    }

    private ModelPackage imported(TinyPipeline pipeline, ImportOptions options) throws Exception {
        Path out = models.resolve("served/tiny");
        ModelImporter.run(pipeline.request(out).with(options));
        return ModelPackage.load(out);
    }

    private static CompletableFuture<byte[]> submit(Engine engine, ModelPackage model, String caption)
            throws EngineException {
        GenerationSpec spec = new GenerationSpec(
                model.manifest().name(),
                model.manifest().digest(),
                new Conditioning.Caption(caption, ""),
                model.manifest().sizes().getFirst(),
                1,
                5,
                new SamplerSpec(SamplerSpec.Scheduler.DDIM, 6, 0),
                new GuidanceSpec(GuidanceSpec.Kind.CFG, 2),
                OutputFormat.PNG);
        CompletableFuture<byte[]> picture = new CompletableFuture<>();
        engine.submit(new Generation("job", spec, Priority.STANDARD, Instant.EPOCH), new GenerationListener() {
            @Override
            public void stepped(int step, int steps) {}

            @Override
            public void finished(List<Picture> pictures) {
                picture.complete(pictures.getFirst().bytes());
            }

            @Override
            public void canceled(int step) {
                picture.cancel(false);
            }

            @Override
            public void expired() {
                picture.cancel(false);
            }

            @Override
            public void failed(EngineException fault) {
                picture.completeExceptionally(fault);
            }
        });
        return picture;
    }
}
