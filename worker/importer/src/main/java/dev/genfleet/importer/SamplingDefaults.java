package dev.genfleet.importer;

import com.fasterxml.jackson.databind.JsonNode;
import dev.genfleet.importer.checkpoint.CheckpointException;
import dev.genfleet.importer.family.UsualSampling;
import dev.genfleet.job.GuidanceInterval;
import dev.genfleet.job.GuidanceSpec;
import dev.genfleet.job.SamplerSpec;
import dev.genfleet.model.ModelManifest.Defaults;
import dev.genfleet.model.ModelManifest.NoiseSchedule;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Reads how a model is sampled: {@code scheduler_config.json} in the form of diffusers, and {@code generation_config.json} with
 * {@code scheduler}, {@code steps}, {@code eta}, {@code guidance}, {@code guidance_scale} and {@code motion_guidance_scale}. Whatever they leave open is as the
 * architecture is usually sampled, on 1000 linear betas from 1e-4 to 0.02.
 */
final class SamplingDefaults {

    static final String SCHEDULER_FILE = "scheduler_config.json";
    private static final String GENERATION_FILE = "generation_config.json";

    private SamplingDefaults() {}

    /** Schedules that would be another forward process are refused; how diffusers would sample on it is left to jobs. */
    static NoiseSchedule noiseSchedule(Path file) throws CheckpointException, IOException {
        JsonNode config = JsonFile.read(file);
        if (config.path("_class_name").asText().startsWith("FlowMatch")) {
            throw new CheckpointException(file + " is of class '"
                    + config.get("_class_name").asText() + "', but only diffusion is known, not flow matching");
        }
        if (config.hasNonNull("trained_betas")) {
            throw new CheckpointException(file + " has trained_betas, but only a beta_schedule is known");
        }
        only(file, config, "rescale_betas_zero_snr", "false");
        only(file, config, "beta_schedule", "linear");
        only(file, config, "prediction_type", "epsilon");
        try {
            return new NoiseSchedule(
                    config.path("num_train_timesteps").asInt(1000),
                    config.path("beta_start").asDouble(1e-4),
                    config.path("beta_end").asDouble(0.02));
        } catch (IllegalArgumentException e) {
            throw new CheckpointException(file + ": " + e.getMessage(), e);
        }
    }

    /** As {@code generation_config.json} says, and where it is silent as the architecture is usually sampled. */
    static Defaults defaults(CheckpointFolder folder, UsualSampling usual) throws CheckpointException, IOException {
        JsonNode config = folder.json(GENERATION_FILE);
        try {
            SamplerSpec sampler = new SamplerSpec(
                    SamplerSpec.Scheduler.parse(config.path("scheduler")
                            .asText(usual.sampler().scheduler().wireName())),
                    config.path("steps").asInt(usual.sampler().steps()),
                    config.path("eta").asDouble(usual.sampler().eta()));
            return new Defaults(sampler, guidance(config, usual.guidance()));
        } catch (IllegalArgumentException e) {
            throw new CheckpointException(folder.beside(GENERATION_FILE) + ": " + e.getMessage(), e);
        }
    }

    private static GuidanceSpec guidance(JsonNode config, GuidanceSpec usual) {
        if (usual.kind() == GuidanceSpec.Kind.NONE) {
            return usual;
        }
        GuidanceSpec.Kind kind = GuidanceSpec.Kind.parse(
                config.path("guidance").asText(usual.kind().wireName()));
        double scale = config.path("guidance_scale").asDouble(usual.scale());
        Optional<Double> motionScale = kind == GuidanceSpec.Kind.MOTION_FREE
                ? Optional.of(config.path("motion_guidance_scale")
                        .asDouble(usual.motionScale().orElse(1.0)))
                : Optional.empty();
        return new GuidanceSpec(kind, scale, motionScale, rescale(config), interval(config));
    }

    private static Optional<Double> rescale(JsonNode config) {
        return Optional.of(config.path("guidance_rescale"))
                .filter(JsonNode::isValueNode)
                .map(given -> given.asDouble(Double.NaN));
    }

    private static Optional<GuidanceInterval> interval(JsonNode config) {
        return Optional.of(config.path("guidance_interval"))
                .filter(JsonNode::isContainerNode)
                .map(given -> GuidanceInterval.of(given.valueStream()
                        .map(bound -> bound.asDouble(Double.NaN))
                        .toList()));
    }

    private static void only(Path file, JsonNode config, String field, String known) throws CheckpointException {
        String given = config.path(field).asText(known);
        if (!given.equals(known)) {
            throw new CheckpointException(file + " has " + field + " '" + given + "', but only " + known + " is known");
        }
    }
}
