package dev.genfleet.importer.gentron;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.genfleet.importer.OrtGraph;
import dev.genfleet.importer.Tensor;
import dev.genfleet.importer.checkpoint.Checkpoint;
import dev.genfleet.importer.checkpoint.Safetensors;
import dev.genfleet.importer.checkpoint.StoredTensor;
import dev.genfleet.importer.family.Emission;
import dev.genfleet.importer.family.Frames;
import dev.genfleet.importer.onnx.GraphBuilder;
import dev.genfleet.importer.onnx.ModelFile;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Graphs of one model, with and without motion or temporal layers, against each other. */
class GentronTemporalTest {

    private static final int FRAMES = 3;
    private static final double ROUNDING = 1e-5;
    private static final GentronArchitecture IMAGES = GentronArchitecture.images(
            new GentronShape(64, 3, 4, 128, 2, 4, 8),
            new GentronText(List.of(GentronText.CLIP_L, GentronText.T5_XXL), GentronText.turns(3), OptionalInt.of(32)));
    private static final GentronArchitecture VIDEOS =
            IMAGES.with(new GentronTemporal(new Frames(FRAMES, 8), GentronTemporal.Form.ATTENDING));

    @TempDir
    private Path folder;

    @Test
    void oneFrameIsTheSameWithAndWithoutMotion() throws Exception {
        Map<String, Tensor> inputs = TinyGentron.inputs(VIDEOS, 2, 4, 1, 6, 4);
        Checkpoint checkpoint = TinyGentron.checkpoint(folder, TinyGentron.random(VIDEOS));
        Tensor still = run(VIDEOS.motionless(), checkpoint, TinyGentron.without(inputs, "motion"));
        for (float flag : new float[] {0, 1}) {
            inputs.put("motion", new Tensor(new float[] {flag, flag}, 2));
            assertThat(run(VIDEOS, checkpoint, inputs).distance(still)).isLessThan(ROUNDING);
        }
    }

    @Test
    void motionMattersAsSoonAsThereAreFrames() throws Exception {
        Map<String, Tensor> inputs = TinyGentron.inputs(VIDEOS, 2, 4, FRAMES, 6, 4);
        Checkpoint checkpoint = TinyGentron.checkpoint(folder, TinyGentron.random(VIDEOS));
        inputs.put("motion", new Tensor(new float[] {1, 0}, 2));
        Tensor mixed = run(VIDEOS, checkpoint, inputs);
        Tensor still = run(VIDEOS.motionless(), checkpoint, TinyGentron.without(inputs, "motion"));
        assertThat(mixed.rows(0, 1).distance(still.rows(0, 1))).isGreaterThan(100 * ROUNDING);
        assertThat(mixed.rows(1, 2).distance(still.rows(1, 2))).isLessThan(ROUNDING);
    }

    @Test
    void zeroTemporalLayersMakeEachFrameTheImageModelsToTheLastBit() throws Exception {
        GentronArchitecture grown = IMAGES.withTemporal(new Frames(FRAMES, 8));
        Map<String, Tensor> inputs = TinyGentron.inputs(grown, 2, 4, FRAMES, 6, 4);
        Checkpoint checkpoint = TinyGentron.checkpoint(folder, TinyGentron.random(IMAGES));
        Tensor video = Layout.exchanged(run(grown, checkpoint, inputs));
        Tensor noisy = Layout.exchanged(inputs.get("latents"));
        Map<String, Tensor> picture = TinyGentron.without(inputs, "motion");
        for (int frame = 0; frame < FRAMES; frame++) {
            picture.put("latents", frame(noisy, frame));
            Tensor image = run(IMAGES, checkpoint, picture);
            assertThat(image.values()).isEqualTo(frame(video, frame).values());
        }
    }

    /** What a trained set of temporal layers would be exchanged with. */
    @Test
    void zeroTemporalLayersAreAFileOfTheirOwn() throws Exception {
        GraphBuilder graph = Emission.blueprint(IMAGES.withTemporal(new Frames(FRAMES, 8)));
        Path file = folder.resolve(GraphBuilder.DERIVED_FILE);
        new ModelFile(graph.finish()).writeDerived(file);
        Checkpoint written = Safetensors.open(file);
        for (int block = 0; block < 3; block++) {
            for (int third = 0; third < 3; third++) {
                String key = "blocks." + block + ".temp_attn.qkv.weight[" + third + "]";
                assertThat(written.find(key).orElseThrow().shape()).containsExactly(64L, 64L);
            }
            assertThat(written.find("blocks." + block + ".temp_attn.proj.bias")).isPresent();
        }
        assertThat(written.tensors()).hasSize(3 * 8);
        for (StoredTensor tensor : written.tensors()) {
            ByteBuffer bytes = tensor.read();
            assertThat(bytes).isEqualTo(ByteBuffer.allocate(bytes.capacity()));
        }
        assertThat(graph.parameters()).isEqualTo(Emission.blueprint(IMAGES).parameters());
    }

    @Test
    void optionsThatMakeNoSenseAreRefused() {
        GentronArchitecture grown = IMAGES.withTemporal(new Frames(8, 8));
        assertThatThrownBy(() -> VIDEOS.withTemporal(new Frames(8, 8)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("has temporal layers of its own");
        assertThatThrownBy(IMAGES::motionless).hasMessageContaining("has no temporal layers");
        assertThatThrownBy(grown::motionless).hasMessageContaining("use the model of images itself");
    }

    private static Tensor run(GentronArchitecture architecture, Checkpoint checkpoint, Map<String, Tensor> inputs)
            throws Exception {
        try (OrtGraph graph = new OrtGraph(Emitted.graph(architecture, checkpoint))) {
            return graph.run(inputs);
        }
    }

    /** One frame of {@code [batch, frames, channels, height, width]}. */
    private static Tensor frame(Tensor video, int index) {
        int size = video.values().length / video.rows() / (int) video.shape()[1];
        float[] values = new float[video.rows() * size];
        for (int row = 0; row < video.rows(); row++) {
            System.arraycopy(video.values(), (row * (int) video.shape()[1] + index) * size, values, row * size, size);
        }
        return new Tensor(values, video.shape()[0], video.shape()[2], video.shape()[3], video.shape()[4]);
    }
}
