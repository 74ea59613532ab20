package dev.genfleet.engine.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import dev.genfleet.engine.device.Denoiser;
import dev.genfleet.engine.device.Device;
import dev.genfleet.engine.device.ForwardPass;
import dev.genfleet.engine.device.RowConditioning;
import dev.genfleet.engine.pack.ModelPackage;
import dev.genfleet.model.LatentShape;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * On the CPU provider in float32 a row's prediction is the same bits in any batch and at any position: the ground on which
 * forwards are shared. Tolerance none.
 */
final class RowIdentityTest {

    private static final int MAX_ROWS = 16;
    private static final LatentShape SHAPE = new LatentShape(4, 8, 8);

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({"64, 4, 2", "192, 3, 2", "384, 6, 2"})
    void everyRowIsTheSameInEveryBatch(int width, int heads, int blocks) throws Exception {
        ModelPackage model = TinyPackage.write(folder, width, heads, blocks);
        OrtDevice device = OrtDevice.open(new Device.Cpu(), 2, 1);
        Random random = new Random(11);
        float[][] latents = new float[MAX_ROWS][SHAPE.elements()];
        float[][] alone = new float[MAX_ROWS][2 * SHAPE.elements()];
        try (Denoiser denoiser = device.denoiser(model);
                ForwardPass pass = denoiser.prepare(SHAPE, MAX_ROWS)) {
            for (int i = 0; i < MAX_ROWS; i++) {
                for (int e = 0; e < SHAPE.elements(); e++) {
                    latents[i][e] = (float) random.nextGaussian();
                }
                pack(pass, 0, i, latents[i]);
                pass.run(1);
                pass.prediction().get(0, alone[i]);
            }
            assertThat(alone[0]).isNotEqualTo(alone[1]).doesNotContain(Float.NaN);
            float[] shared = new float[2 * SHAPE.elements()];
            for (int rows = 2; rows <= MAX_ROWS; rows++) {
                for (int row = 0; row < rows; row++) {
                    pack(pass, row, (row + rows) % MAX_ROWS, latents[(row + rows) % MAX_ROWS]);
                }
                pass.run(rows);
                for (int row = 0; row < rows; row++) {
                    pass.prediction().get(row * pass.predictionElements(), shared);
                    assertThat(shared).as("row %d of %d", row, rows).isEqualTo(alone[(row + rows) % MAX_ROWS]);
                }
            }
        }
    }

    private static void pack(ForwardPass pass, int row, int sample, float[] latents) {
        pass.latents().put(row * SHAPE.elements(), latents);
        pass.timestep(row, 61f * sample);
        pass.condition(row, new RowConditioning.OfClass(sample % 11));
    }
}
