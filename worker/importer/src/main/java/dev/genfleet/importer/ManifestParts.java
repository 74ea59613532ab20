package dev.genfleet.importer;

import dev.genfleet.importer.dit.DitShape;
import dev.genfleet.model.ModelManifest.Defaults;
import dev.genfleet.model.ModelManifest.NoiseSchedule;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What the files beside a checkpoint say about its use.
 *
 * @param labels name of each class
 * @param noise the forward process of training
 * @param defaults how it is sampled unless a job says otherwise
 */
record ManifestParts(List<String> labels, NoiseSchedule noise, Defaults defaults) {

    /** The forward process in the form of diffusers, for programs that read such folders. */
    Map<String, Object> scheduler(DitShape dit) {
        Map<String, Object> config = new LinkedHashMap<>();
        config.put("_class_name", "DDPMScheduler");
        config.put("beta_end", noise.betaEnd());
        config.put("beta_schedule", "linear");
        config.put("beta_start", noise.betaStart());
        config.put("clip_sample", false);
        config.put("num_train_timesteps", noise.trainSteps());
        config.put("prediction_type", "epsilon");
        config.put("variance_type", dit.learnedSigma() ? "learned_range" : "fixed_large");
        return config;
    }
}
