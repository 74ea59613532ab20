package dev.genfleet.engine.onnx;

import static dev.genfleet.engine.guidance.Branch.CONDITIONAL;
import static dev.genfleet.engine.guidance.Branch.UNCONDITIONAL;
import static org.assertj.core.api.Assertions.assertThat;

import dev.genfleet.engine.device.Denoiser;
import dev.genfleet.engine.device.Device;
import dev.genfleet.engine.device.ForwardPass;
import dev.genfleet.engine.device.RowConditioning;
import dev.genfleet.engine.guidance.Branch;
import dev.genfleet.engine.guidance.Guidance;
import dev.genfleet.engine.pack.ModelPackage;
import dev.genfleet.job.GuidanceSpec;
import dev.genfleet.model.LatentShape;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * On the CPU provider in float32 a row's prediction is the same bits in any batch and at any position: the ground on which
 * forwards are shared. Tolerance none.
 */
final class RowIdentityTest {

    private static final int MAX_ROWS = 16;
    private static final int NULL_CLASS = 10;
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

    /** DiT has the conditional row first, PixArt and Latte the unconditional one: rows find the same prediction in either place. */
    @ParameterizedTest
    @EnumSource(names = {"CFG", "CFG_THREE_CHANNEL"})
    void guidanceIsTheSameInEitherOrderOfRows(GuidanceSpec.Kind kind) throws Exception {
        ModelPackage model = TinyPackage.write(folder, 64, 4, 2);
        GuidanceSpec spec = new GuidanceSpec(kind, 4, Optional.empty(), Optional.of(0.7), Optional.empty());
        Guidance guidance = Guidance.of(spec, SHAPE.channels());
        float[] latents = new float[SHAPE.elements()];
        Random random = new Random(12);
        for (int i = 0; i < latents.length; i++) {
            latents[i] = (float) random.nextGaussian();
        }
        try (Denoiser denoiser = OrtDevice.open(new Device.Cpu(), 2, 1).denoiser(model);
                ForwardPass pass = denoiser.prepare(SHAPE, 2)) {
            float[] first = guided(pass, guidance, latents, List.of(CONDITIONAL, UNCONDITIONAL));
            assertThat(guided(pass, guidance, latents, List.of(UNCONDITIONAL, CONDITIONAL)))
                    .isEqualTo(first);
            assertThat(first).doesNotContain(Float.NaN);
        }
    }

    private static float[] guided(ForwardPass pass, Guidance guidance, float[] latents, List<Branch> order)
            throws Exception {
        for (int row = 0; row < order.size(); row++) {
            pass.latents().put(row * SHAPE.elements(), latents);
            pass.timestep(row, 421);
            pass.condition(row, new RowConditioning.OfClass(order.get(row) == CONDITIONAL ? 3 : NULL_CLASS));
        }
        pass.run(order.size());
        float[][] predictions = new float[order.size()][pass.predictionElements()];
        for (int row = 0; row < order.size(); row++) {
            int place = guidance.branches().indexOf(order.get(row));
            pass.prediction().get(row * pass.predictionElements(), predictions[place]);
        }
        guidance.combine(predictions, SHAPE.cells());
        return predictions[0];
    }

    private static void pack(ForwardPass pass, int row, int sample, float[] latents) {
        pass.latents().put(row * SHAPE.elements(), latents);
        pass.timestep(row, 61f * sample);
        pass.condition(row, new RowConditioning.OfClass(sample % 11));
    }
}
