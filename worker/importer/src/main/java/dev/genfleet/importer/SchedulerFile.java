package dev.genfleet.importer;

import com.fasterxml.jackson.databind.JsonNode;
import dev.genfleet.importer.checkpoint.CheckpointException;
import dev.genfleet.importer.scheduler.SchedulerConfig;
import dev.genfleet.model.ModelManifest;
import dev.genfleet.model.NoiseSchedule;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** {@code scheduler_config.json} of a package, for programs that read folders as diffusers does; this one never looks into it. */
final class SchedulerFile {

    private SchedulerFile() {}

    /** The checkpoint's own file where it names a class, else the forward process with the official way to sample. */
    static Map<String, Object> of(Path file, SchedulerConfig config, ModelManifest.Denoiser denoiser)
            throws CheckpointException, IOException {
        return config.scheduler().isPresent() ? copy(JsonFile.read(file)) : official(config.noise(), denoiser);
    }

    private static Map<String, Object> copy(JsonNode config) {
        Map<String, Object> fields = new LinkedHashMap<>();
        config.fieldNames().forEachRemaining(field -> {
            JsonNode value = config.get(field);
            // Infinity, which only lambda_min_clipped has and by default, is no JSON.
            if (!value.isNumber() || Double.isFinite(value.doubleValue())) {
                fields.put(field, value);
            }
        });
        return fields;
    }

    private static Map<String, Object> official(NoiseSchedule noise, ModelManifest.Denoiser denoiser) {
        Map<String, Object> config = new LinkedHashMap<>();
        config.put("_class_name", "DDPMScheduler");
        config.put("beta_end", noise.betaEnd());
        config.put("beta_schedule", noise.betaSchedule().name().toLowerCase(Locale.ROOT));
        config.put("beta_start", noise.betaStart());
        config.put("clip_sample", false);
        config.put("num_train_timesteps", noise.trainSteps());
        config.put("prediction_type", noise.predictionType().wireName());
        config.put("variance_type", denoiser.learnedSigma() ? "learned_range" : "fixed_large");
        if (!noise.trainedBetas().isEmpty()) {
            config.put("trained_betas", noise.trainedBetas());
        }
        if (noise.endsInNoise()) {
            config.put("rescale_betas_zero_snr", true);
        }
        return config;
    }
}
