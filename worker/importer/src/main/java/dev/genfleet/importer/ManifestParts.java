package dev.genfleet.importer;

import dev.genfleet.importer.family.Conditioned;
import dev.genfleet.importer.family.DenoiserArchitecture;
import dev.genfleet.model.ModelManifest;
import dev.genfleet.model.ModelManifest.Defaults;
import dev.genfleet.model.ModelManifest.NoiseSchedule;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the files beside a checkpoint say about its use.
 *
 * @param labels name of each class
 * @param noise the forward process of training
 * @param defaults how it is sampled unless a job says otherwise
 */
record ManifestParts(List<String> labels, NoiseSchedule noise, Defaults defaults) {

    /** The forward process in the form of diffusers, for programs that read such folders. */
    Map<String, Object> scheduler(ModelManifest.Denoiser denoiser) {
        Map<String, Object> config = new LinkedHashMap<>();
        config.put("_class_name", "DDPMScheduler");
        config.put("beta_end", noise.betaEnd());
        config.put("beta_schedule", "linear");
        config.put("beta_start", noise.betaStart());
        config.put("clip_sample", false);
        config.put("num_train_timesteps", noise.trainSteps());
        config.put("prediction_type", "epsilon");
        config.put("variance_type", denoiser.learnedSigma() ? "learned_range" : "fixed_large");
        return config;
    }

    /** The class that means "no class". */
    Optional<Integer> nullClass(DenoiserArchitecture architecture) {
        return architecture.conditioned() instanceof Conditioned.OnClasses classes
                        && classes.nullClass().isPresent()
                ? Optional.of(classes.nullClass().getAsInt())
                : Optional.empty();
    }
}
