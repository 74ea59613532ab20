package dev.genfleet.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.genfleet.engine.device.Denoiser;
import dev.genfleet.engine.device.Device;
import dev.genfleet.engine.device.ForwardPass;
import dev.genfleet.engine.onnx.OrtDevice;
import dev.genfleet.engine.onnx.TinyCaptionModel;
import dev.genfleet.engine.onnx.TinyPackage;
import dev.genfleet.engine.pack.ModelPackage;
import dev.genfleet.model.LatentShape;
import dev.genfleet.model.ModelConditioning;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the working memory is charged against what the buffers take. */
final class FootprintTest {

    private static final int MAX_ROWS = 64;

    @TempDir
    Path folder;

    @Test
    void aLaneIsChargedWhatItsBuffersTake() throws Exception {
        ModelPackage model = TinyPackage.write(folder, 16, 2, 1);
        LatentShape shape =
                model.manifest().latentShape(model.manifest().sizes().getFirst());
        try (Denoiser denoiser = OrtDevice.open(new Device.Cpu(), 1, 1).denoiser(model);
                ForwardPass pass = denoiser.prepare(shape, MAX_ROWS)) {
            long latentsAndPredictions = Float.BYTES
                    * (long) (pass.latents().capacity() + pass.prediction().capacity());
            assertThat(Footprint.ofLane(shape, model.manifest(), MAX_ROWS))
                    .isBetween(latentsAndPredictions, latentsAndPredictions * 5 / 4);
        }
    }

    /** Six tokens of eight numbers, their mask, and a pooled vector of eight. */
    @Test
    void aLaneOfCaptionsIsChargedForTheirVectors() throws Exception {
        ModelPackage model = TinyCaptionModel.write(folder, ModelConditioning.NullText.ZEROS);
        LatentShape shape =
                model.manifest().latentShape(model.manifest().sizes().getFirst());
        long row = Footprint.ofLane(shape, model.manifest(), 2) - Footprint.ofLane(shape, model.manifest(), 1);
        long latentsAndPrediction = 2L * Float.BYTES * shape.elements();
        long caption = 6 * 8 * Float.BYTES + 6 * Long.BYTES + 8 * Float.BYTES;
        assertThat(row - latentsAndPrediction).isBetween(caption, caption + 64);
    }

    @Test
    void aClosedLanesBuffersAreGoneAtOnce() throws Exception {
        ModelPackage model = TinyPackage.write(folder, 16, 2, 1);
        LatentShape shape =
                model.manifest().latentShape(model.manifest().sizes().getFirst());
        try (Denoiser denoiser = OrtDevice.open(new Device.Cpu(), 1, 1).denoiser(model)) {
            ForwardPass pass = denoiser.prepare(shape, MAX_ROWS);
            pass.latents().put(0, 1);
            pass.close();
            assertThatThrownBy(() -> pass.latents().put(0, 1)).isInstanceOf(IllegalStateException.class);
        }
    }
}
