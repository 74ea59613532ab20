package dev.genfleet.importer.scheduler;

import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.genfleet.engine.schedule.NoiseScheduler;
import dev.genfleet.importer.Golden;
import dev.genfleet.importer.Tensor;
import dev.genfleet.importer.checkpoint.CheckpointException;
import dev.genfleet.importer.checkpoint.StoredTensor;
import dev.genfleet.job.GuidanceSpec;
import dev.genfleet.job.ImageSize;
import dev.genfleet.job.SamplerSpec;
import dev.genfleet.model.LatentShape;
import dev.genfleet.model.ModelConditioning;
import dev.genfleet.model.ModelManifest;
import dev.genfleet.model.SamplerFit;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * One recorded run of diffusers: its configuration, and at every step what the denoiser saw and said and what became of the latents.
 *
 * @param name of the file
 * @param entry of index.json
 * @param tensors of the file
 */
record GoldenRun(String name, JsonNode entry, Golden tensors) {

    static final LatentShape SHAPE = new LatentShape(4, 4, 4);
    static final int ROWS = 2;
    private static final String FOLDER = "schedulers/";

    /** Every run of index.json. */
    static Stream<GoldenRun> all() throws IOException {
        JsonNode index = JsonMapper.builder()
                .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
                .build()
                .readTree(Files.readAllBytes(Golden.path(FOLDER + "index.json")));
        return index.properties().stream().map(field -> of(field.getKey(), field.getValue()));
    }

    private static GoldenRun of(String name, JsonNode entry) {
        try {
            return new GoldenRun(name, entry, Golden.open(FOLDER + name + ".safetensors"));
        } catch (CheckpointException | IOException e) {
            throw new AssertionError(name, e);
        }
    }

    /** As the file beside a checkpoint would be. */
    JsonNode config() {
        ObjectNode config = entry.get("config").deepCopy();
        return config.put("_class_name", entry.get("scheduler").asText());
    }

    SchedulerConfig read() throws CheckpointException {
        return SchedulerConfig.read(config(), Path.of("scheduler_config.json"));
    }

    int steps() {
        return entry.get("num_inference_steps").asInt();
    }

    /** The scheduler that a package with this configuration samples with by default. */
    NoiseScheduler scheduler() throws CheckpointException {
        SchedulerConfig config = read();
        return NoiseScheduler.of(manifest(config), sampler(config), SHAPE);
    }

    private SamplerSpec sampler(SchedulerConfig config) {
        return new SamplerSpec(config.scheduler().orElseThrow(), steps(), 0);
    }

    private ModelManifest manifest(SchedulerConfig config) {
        return new ModelManifest(
                1,
                name,
                "dit",
                "default",
                "",
                Map.of(),
                ModelManifest.Denoiser.ofClasses(
                        "d.onnx", "latents", "timesteps", "class_labels", "prediction", learned()),
                config.noise(),
                config.sampling(),
                new ModelManifest.Latent(SHAPE.channels(), 8, 1),
                new ModelManifest.LatentDecoder("v.onnx", "latents", "pixels"),
                new ModelConditioning.ClassLabels(List.of("thing"), Optional.empty()),
                List.of(new ImageSize(32, 32)),
                Optional.empty(),
                Optional.empty(),
                new ModelManifest.Defaults(sampler(config), new GuidanceSpec(GuidanceSpec.Kind.NONE, 1)),
                new ModelManifest.Limits(
                        1000, 1, 1, SamplerFit.schedulers(config.noise().predictionType())));
    }

    private boolean learned() {
        return tensors.values().find("model_out").orElseThrow().shape().get(2) > SHAPE.channels();
    }

    /** Row {@code row} of a tensor of float32 at {@code step}. */
    float[] row(String tensor, int step, int row) throws IOException {
        return part(tensors.tensor(tensor), step * ROWS + row);
    }

    float[] initial(int row) throws IOException {
        return part(tensors.tensor("x_init"), row);
    }

    /** A tensor of float64. */
    double[] doubles(String tensor) throws IOException {
        StoredTensor stored = tensors.values().find(tensor).orElseThrow();
        ByteBuffer bytes = stored.read();
        double[] values = new double[(int) stored.elements()];
        bytes.asDoubleBuffer().get(values);
        return values;
    }

    private static float[] part(Tensor all, int index) {
        int size = (int) all.shape()[all.shape().length - 3] * SHAPE.cells();
        float[] values = new float[size];
        System.arraycopy(all.values(), index * size, values, 0, size);
        return values;
    }

    @Override
    public String toString() {
        return name;
    }
}
