package dev.genfleet.importer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.genfleet.engine.guidance.Branch;
import dev.genfleet.engine.guidance.Guidance;
import dev.genfleet.engine.schedule.NoiseScheduler;
import dev.genfleet.importer.checkpoint.Checkpoint;
import dev.genfleet.importer.checkpoint.Safetensors;
import dev.genfleet.importer.dit.DitFamily;
import dev.genfleet.importer.family.Emission;
import dev.genfleet.importer.onnx.Graph;
import dev.genfleet.importer.precision.Forms;
import dev.genfleet.importer.precision.GraphForm;
import dev.genfleet.importer.precision.Operators;
import dev.genfleet.importer.precision.Precision;
import dev.genfleet.model.ModelManifest;
import dev.genfleet.wire.Json;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Pictures of the sample model in lower precisions against the same pictures in 32-bit floats: same labels, same noise, sampled by
 * the engine's parts with the model's own defaults, decoded in 32-bit floats.
 */
class SamplePrecisionTest {

    private static final Path SAMPLES = Path.of("../../deploy/samples");
    private static final Path DIT = SAMPLES.resolve("shapes-dit");
    private static final int CELLS = 64;
    private static final int LATENT = 4 * CELLS;
    private static final int[] LABELS = {3, 17, 30, 44, 51, 62};

    @TempDir
    private Path folder;

    private ModelManifest manifest;
    private Graph graph;

    @BeforeEach
    void importSample() throws Exception {
        assumeThat(DIT.resolve("model.safetensors")).exists();
        Path out = folder.resolve("shapes-dit");
        ModelImporter.run(ImportRequest.of(DIT, SAMPLES.resolve("shapes-vae"), out, "shapes-dit"));
        manifest = Json.read(Files.readAllBytes(out.resolve("model.json")), ModelManifest.class);
        Checkpoint checkpoint = Safetensors.open(DIT.resolve("model.safetensors"));
        graph = Emission.graph(
                        new DitFamily()
                                .read(
                                        checkpoint,
                                        new ObjectMapper()
                                                .readTree(DIT.resolve("config.json")
                                                        .toFile())),
                        checkpoint)
                .finish();
    }

    /**
     * PSNR in decibels, of pixels from -1 to 1, over all pictures together; 54 and 58 measured. Half floats gave 67, but ONNX
     * Runtime's CPU provider takes minutes for them.
     */
    @ParameterizedTest
    @CsvSource({"INT8, 45", "INT8_WEIGHT_ONLY, 48"})
    void picturesAreTheSameToTheEye(Precision precision, double atLeast) throws Exception {
        Tensor expected = pictures(GraphForm.AS_WRITTEN);
        Tensor actual = pictures(new GraphForm(precision, Operators.FUSED));
        double squares = 0;
        for (int i = 0; i < expected.values().length; i++) {
            squares += Math.pow(clamped(expected.values()[i]) - clamped(actual.values()[i]), 2);
        }
        double psnr = 10 * Math.log10(4 * expected.values().length / squares);
        assertThat(psnr).as("PSNR of %s", precision).isGreaterThan(atLeast);
    }

    private Tensor pictures(GraphForm form) throws Exception {
        Path model = Forms.write(Files.createTempDirectory(folder, "form"), graph, form);
        NoiseScheduler scheduler =
                NoiseScheduler.of(manifest, manifest.defaults().sampler());
        Guidance guidance = Guidance.of(manifest.defaults().guidance(), 4);
        int steps = manifest.defaults().sampler().steps();
        SplittableRandom random = new SplittableRandom(31);
        List<float[]> latents = new ArrayList<>();
        for (int picture = 0; picture < LABELS.length; picture++) {
            latents.add(noise(random));
        }
        try (OrtGraph denoiser = new OrtGraph(model);
                OrtGraph decoder = new OrtGraph(folder.resolve("shapes-dit/vae_decoder/model.onnx"))) {
            for (int step = 0; step < steps; step++) {
                Tensor predictions = denoiser.run(inputs(guidance, latents, scheduler.timestep(step)));
                int branches = guidance.branches().size();
                for (int picture = 0; picture < LABELS.length; picture++) {
                    float[][] rows = new float[branches][];
                    for (int branch = 0; branch < branches; branch++) {
                        int row = picture * branches + branch;
                        rows[branch] = predictions.rows(row, row + 1).values();
                    }
                    guidance.combine(rows, CELLS);
                    scheduler.step(step, latents.get(picture), rows[0], noise(random), new float[0][]);
                }
            }
            Tensor all = new Tensor(joined(latents), LABELS.length, 4, 8, 8);
            return decoder.run(
                    Map.of("latents", all.times((float) (1 / manifest.latent().scalingFactor()))));
        }
    }

    private Map<String, Tensor> inputs(Guidance guidance, List<float[]> latents, float timestep) {
        List<float[]> rows = new ArrayList<>();
        int count = LABELS.length * guidance.branches().size();
        float[] timesteps = new float[count];
        float[] labels = new float[count];
        for (int picture = 0; picture < LABELS.length; picture++) {
            for (Branch branch : guidance.branches()) {
                timesteps[rows.size()] = timestep;
                labels[rows.size()] = branch == Branch.CONDITIONAL
                        ? LABELS[picture]
                        : manifest.nullClass().orElseThrow();
                rows.add(latents.get(picture));
            }
        }
        return Map.of(
                "latents",
                new Tensor(joined(rows), count, 4, 8, 8),
                "timesteps",
                new Tensor(timesteps, count),
                "class_labels",
                new Tensor(labels, count));
    }

    private static float[] noise(SplittableRandom random) {
        float[] noise = new float[LATENT];
        for (int i = 0; i < LATENT; i++) {
            noise[i] = (float) random.nextGaussian();
        }
        return noise;
    }

    private static float[] joined(List<float[]> rows) {
        float[] all = new float[rows.size() * LATENT];
        for (int i = 0; i < rows.size(); i++) {
            System.arraycopy(rows.get(i), 0, all, i * LATENT, LATENT);
        }
        return all;
    }

    private static double clamped(float pixel) {
        return Math.clamp(pixel, -1, 1);
    }
}
