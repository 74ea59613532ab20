package dev.genfleet.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.genfleet.engine.device.Device;
import dev.genfleet.engine.golden.Golden;
import dev.genfleet.engine.pack.ModelPackage;
import dev.genfleet.engine.pack.ModelPackages;
import dev.genfleet.job.Conditioning;
import dev.genfleet.job.GenerationSpec;
import dev.genfleet.job.OutputFormat;
import dev.genfleet.job.Priority;
import dev.genfleet.model.ModelManifest;
import dev.genfleet.model.PackageDigest;
import dev.genfleet.wire.Json;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Graphs that {@code torch.onnx.export} made of somebody's own model, served by a manifest written by hand: names of their own,
 * int64 timesteps, any batch, a fixed batch of two, or one timestep for a whole batch. {@code export.py} beside them made them.
 */
final class ForeignGraphTest {

    private static final int SIDE = 16;

    @TempDir
    private Path models;

    @ParameterizedTest
    @ValueSource(strings = {"any_batch", "batch_of_two", "one_timestep"})
    void givesThePictureThatPyTorchSamples(String export) throws Exception {
        ModelPackage model = seal(export);
        BufferedImage picture;
        try (Engine engine = start()) {
            picture = ImageIO.read(new ByteArrayInputStream(
                    files(submit(engine, spec(model, 3, 42))).getFirst()));
        }
        float[] pixels = Golden.read("foreign/sampled").floats("pixels");
        for (int i = 0; i < pixels.length; i++) {
            int plane = i / (SIDE * SIDE);
            int level = picture.getRaster().getSample(i % SIDE, i / SIDE % SIDE, plane);
            assertThat((float) level).as("plane %d", plane).isCloseTo((pixels[i] + 1) * 127.5f, within());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"any_batch", "batch_of_two", "one_timestep"})
    void sharesItsBatchesWithoutChangingAPicture(String export) throws Exception {
        ModelPackage model = seal(export);
        List<byte[]> alone = new ArrayList<>();
        List<RecordingListener> together = new ArrayList<>();
        try (Engine engine = start()) {
            for (int label = 0; label < 5; label++) {
                alone.addAll(files(submit(engine, spec(model, label, 7L * label))));
            }
            for (int label = 0; label < 5; label++) {
                together.add(submit(engine, spec(model, label, 7L * label)));
            }
            for (int label = 0; label < 5; label++) {
                assertThat(files(together.get(label)).getFirst()).isEqualTo(alone.get(label));
            }
        }
        assertThat(alone).doesNotHaveDuplicates();
    }

    private static org.assertj.core.data.Offset<Float> within() {
        return org.assertj.core.data.Offset.offset(1.01f); // one level of 255: where the last bit decides the rounding
    }

    private Engine start() throws Exception {
        return Engine.start(
                EngineSettings.on(new Device.Cpu()).withDenoiserThreads(2).withRowChoice(RowChoice.FULL),
                ModelPackages.load(models));
    }

    private ModelPackage seal(String export) throws Exception {
        Path folder = Files.createDirectory(models.resolve(export));
        Files.write(folder.resolve("denoiser.onnx"), resource(export + ".onnx"));
        Files.write(folder.resolve("decoder.onnx"), resource("decoder.onnx"));
        ObjectNode manifest = (ObjectNode) new JsonMapper().readTree(resource("model.json"));
        manifest.put("digest", "").putObject("files");
        ModelManifest sealed = Json.read(manifest.toString().getBytes(StandardCharsets.UTF_8), ModelManifest.class)
                .sealed(PackageDigest.hashFiles(folder));
        Files.write(folder.resolve(PackageDigest.MANIFEST_FILE), Json.write(sealed));
        return ModelPackage.load(folder);
    }

    private static byte[] resource(String name) throws IOException {
        try (var in = ForeignGraphTest.class.getResourceAsStream("/golden/foreign/" + name)) {
            return Objects.requireNonNull(in, name).readAllBytes();
        }
    }

    private static GenerationSpec spec(ModelPackage model, int label, long seed) {
        ModelManifest manifest = model.manifest();
        return new GenerationSpec(
                manifest.name(),
                manifest.digest(),
                new Conditioning.ClassLabel(label, manifest.labels().get(label)),
                manifest.sizes().getFirst(),
                1,
                seed,
                manifest.defaults().sampler(),
                manifest.defaults().guidance(),
                OutputFormat.PNG);
    }

    private static RecordingListener submit(Engine engine, GenerationSpec spec) throws Exception {
        RecordingListener listener = new RecordingListener();
        engine.submit(new Generation("job", spec, Priority.STANDARD, Instant.EPOCH), listener);
        return listener;
    }

    private static List<byte[]> files(RecordingListener listener) throws Exception {
        return listener.pictures.get(2, TimeUnit.MINUTES).stream()
                .map(Picture::bytes)
                .toList();
    }
}
