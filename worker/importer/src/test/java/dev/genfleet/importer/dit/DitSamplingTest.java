package dev.genfleet.importer.dit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.genfleet.engine.device.Denoiser;
import dev.genfleet.engine.device.Device;
import dev.genfleet.engine.device.ForwardPass;
import dev.genfleet.engine.device.RowConditioning;
import dev.genfleet.engine.guidance.Branch;
import dev.genfleet.engine.guidance.Guidance;
import dev.genfleet.engine.onnx.OrtDevice;
import dev.genfleet.engine.pack.ModelPackage;
import dev.genfleet.engine.schedule.NoiseScheduler;
import dev.genfleet.importer.Golden;
import dev.genfleet.importer.ImportRequest;
import dev.genfleet.importer.ModelImporter;
import dev.genfleet.importer.Tensor;
import dev.genfleet.importer.checkpoint.Safetensors;
import dev.genfleet.job.GuidanceSpec;
import dev.genfleet.job.GuidanceSpec.Kind;
import dev.genfleet.job.SamplerSpec;
import dev.genfleet.job.SamplerSpec.Scheduler;
import dev.genfleet.model.LatentShape;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * An imported DiT sampled by the engine's parts, against whole runs of the official code. The tolerance of runs is relative to
 * each step's largest value, because the latents of an untrained model grow to some hundred.
 */
class DitSamplingTest {

    private static final Path RUNS = Path.of("../engine/src/test/resources/golden/dit_tiny");
    private static final LatentShape SHAPE = new LatentShape(4, 8, 8);
    private static final int CELLS = 64;
    private static final int STEPS = 20;
    private static final int PICTURES = 2;
    private static final long NULL_CLASS = 10;

    @TempDir
    private Path models;

    @ParameterizedTest
    @CsvSource({
        "ddpm_20_cfg4, DDPM, CFG_THREE_CHANNEL",
        "ddpm_20_nocfg, DDPM, NONE",
        "ddim_20_cfg4_eta0, DDIM, CFG_THREE_CHANNEL"
    })
    void wholeRunsFollowTheOfficialOnes(String run, Scheduler sampler, Kind kind) throws Exception {
        Golden golden = new Golden(Safetensors.open(RUNS.resolve(run + ".safetensors")));
        float[] labels = golden.tensor("y").values();
        Tensor expected = golden.tensor("x");
        Tensor noise = golden.tensor("noise");
        int size = SHAPE.elements();
        int rows = labels.length;
        ModelPackage model = imported();
        NoiseScheduler scheduler = NoiseScheduler.of(model.manifest(), new SamplerSpec(sampler, STEPS, 0));
        Guidance guidance = Guidance.of(new GuidanceSpec(kind, 4), SHAPE.channels());
        try (Denoiser denoiser = OrtDevice.open(new Device.Cpu(), 2, 1).denoiser(model);
                ForwardPass pass = denoiser.prepare(SHAPE, PICTURES)) {
            for (int picture = 0; picture < PICTURES; picture++) {
                float[] latents = golden.tensor("z").rows(picture, picture + 1).values();
                for (int step = 0; step < STEPS; step++) {
                    float[] prediction =
                            predict(pass, guidance, latents, scheduler.timestep(step), (long) labels[picture]);
                    int from = (step * rows + picture) * size;
                    scheduler.step(
                            step,
                            latents,
                            prediction,
                            Arrays.copyOfRange(noise.values(), from, from + size),
                            new float[0][]);
                    assertThat(relativeError(latents, Arrays.copyOfRange(expected.values(), from, from + size)))
                            .as("picture %d after step %d", picture, step)
                            .isLessThan(1e-4);
                }
            }
        }
    }

    @Test
    void guidedPredictionsEqualTheOfficialOnes() throws Exception {
        Golden io = Golden.open("dit_tiny/io.safetensors");
        float[] timesteps = io.tensor("cfg_t").values();
        float[] labels = io.tensor("cfg_y").values();
        try (Denoiser denoiser = OrtDevice.open(new Device.Cpu(), 2, 1).denoiser(imported());
                ForwardPass pass = denoiser.prepare(SHAPE, PICTURES)) {
            for (String scale : List.of("1.0", "1.5", "4.0")) {
                Guidance guidance = Guidance.of(
                        new GuidanceSpec(Kind.CFG_THREE_CHANNEL, Double.parseDouble(scale)), SHAPE.channels());
                for (int picture = 0; picture < PICTURES; picture++) {
                    float[] latents =
                            io.tensor("cfg_x").rows(picture, picture + 1).values();
                    float[] prediction = predict(pass, guidance, latents, timesteps[picture], (long) labels[picture]);
                    Tensor expected = io.tensor("cfg_out_" + scale).rows(picture, picture + 1);
                    assertThat(new Tensor(prediction, expected.shape()).distance(expected))
                            .as("scale %s", scale)
                            .isLessThan(1e-5);
                }
            }
        }
    }

    private ModelPackage imported() throws Exception {
        Path out = models.resolve("tiny");
        Path autoencoder = Golden.path("vae_tiny/config.json").getParent();
        ModelImporter.run(
                ImportRequest.of(Golden.path("dit_tiny/model_facebook.safetensors"), autoencoder, out, "tiny"));
        return ModelPackage.load(out);
    }

    private static float[] predict(ForwardPass pass, Guidance guidance, float[] latents, float timestep, long label)
            throws Exception {
        int rows = 0;
        for (Branch branch : guidance.branches()) {
            pass.latents().put(rows * SHAPE.elements(), latents);
            pass.timestep(rows, timestep);
            pass.condition(rows, new RowConditioning.OfClass(branch == Branch.CONDITIONAL ? label : NULL_CLASS));
            rows++;
        }
        pass.run(rows);
        float[][] predictions = new float[rows][pass.predictionElements()];
        for (int row = 0; row < rows; row++) {
            pass.prediction().get(row * pass.predictionElements(), predictions[row]);
        }
        guidance.combine(predictions, CELLS);
        return predictions[0];
    }

    private static double relativeError(float[] actual, float[] expected) {
        double largest = 0;
        double error = 0;
        for (int i = 0; i < expected.length; i++) {
            largest = Math.max(largest, Math.abs(expected[i]));
            error = Math.max(error, Math.abs(actual[i] - expected[i]));
        }
        return error / largest;
    }
}
