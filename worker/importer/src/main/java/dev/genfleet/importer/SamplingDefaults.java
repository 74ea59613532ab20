package dev.genfleet.importer;

import com.fasterxml.jackson.databind.JsonNode;
import dev.genfleet.importer.checkpoint.CheckpointException;
import dev.genfleet.job.GuidanceSpec;
import dev.genfleet.job.SamplerSpec;
import dev.genfleet.model.ModelManifest.Defaults;
import dev.genfleet.model.ModelManifest.NoiseSchedule;
import java.io.IOException;

/**
 * Reads how a model is sampled: {@code scheduler_config.json} in the form of diffusers, and {@code generation_config.json} with
 * {@code scheduler}, {@code steps}, {@code eta}, {@code guidance} and {@code guidance_scale}. Whatever they leave open is as the
 * official DiT samples: 1000 linear betas from 1e-4 to 0.02, 250 steps of DDPM, guidance 4 on three channels.
 */
final class SamplingDefaults {

    static final String SCHEDULER_FILE = "scheduler_config.json";
    private static final String GENERATION_FILE = "generation_config.json";

    private SamplingDefaults() {}

    static NoiseSchedule noiseSchedule(CheckpointFolder folder) throws CheckpointException, IOException {
        JsonNode config = folder.json(SCHEDULER_FILE);
        only(folder, config, "beta_schedule", "linear");
        only(folder, config, "prediction_type", "epsilon");
        try {
            return new NoiseSchedule(
                    config.path("num_train_timesteps").asInt(1000),
                    config.path("beta_start").asDouble(1e-4),
                    config.path("beta_end").asDouble(0.02));
        } catch (IllegalArgumentException e) {
            throw new CheckpointException(folder.beside(SCHEDULER_FILE) + ": " + e.getMessage(), e);
        }
    }

    /** Defaults for a model that takes guidance or, when {@code guided} is NONE, does not. */
    static Defaults defaults(CheckpointFolder folder, GuidanceSpec.Kind guided)
            throws CheckpointException, IOException {
        JsonNode config = folder.json(GENERATION_FILE);
        try {
            SamplerSpec sampler = new SamplerSpec(
                    SamplerSpec.Scheduler.parse(config.path("scheduler").asText("ddpm")),
                    config.path("steps").asInt(250),
                    config.path("eta").asDouble(0));
            GuidanceSpec guidance = guided == GuidanceSpec.Kind.NONE
                    ? new GuidanceSpec(guided, 1)
                    : new GuidanceSpec(
                            GuidanceSpec.Kind.parse(config.path("guidance").asText(guided.wireName())),
                            config.path("guidance_scale").asDouble(4));
            return new Defaults(sampler, guidance);
        } catch (IllegalArgumentException e) {
            throw new CheckpointException(folder.beside(GENERATION_FILE) + ": " + e.getMessage(), e);
        }
    }

    private static void only(CheckpointFolder folder, JsonNode config, String field, String known)
            throws CheckpointException {
        String given = config.path(field).asText(known);
        if (!given.equals(known)) {
            throw new CheckpointException(folder.beside(SCHEDULER_FILE) + " has " + field + " '" + given
                    + "', but only " + known + " is known");
        }
    }
}
