package dev.genfleet.importer;

import dev.genfleet.importer.checkpoint.CheckpointException;
import dev.genfleet.importer.family.Conditioned;
import dev.genfleet.importer.family.DenoiserArchitecture;
import dev.genfleet.model.ModelConditioning;
import dev.genfleet.model.ModelManifest;
import dev.genfleet.model.ModelManifest.Defaults;
import dev.genfleet.model.ModelManifest.NoiseSchedule;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the files beside a checkpoint, and its text encoders, say about its use.
 *
 * @param conditioning labels or text encoders
 * @param noise the forward process of training
 * @param defaults how it is sampled unless a job says otherwise
 */
record ManifestParts(ModelConditioning conditioning, NoiseSchedule noise, Defaults defaults) {

    static ManifestParts of(ImportComponents components, DenoiserArchitecture architecture, List<TextPart> texts)
            throws CheckpointException, IOException {
        return new ManifestParts(
                conditioning(components, architecture.conditioned(), texts),
                SamplingDefaults.noiseSchedule(components.scheduler()),
                SamplingDefaults.defaults(components.denoiser(), architecture.sampling()));
    }

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

    private static ModelConditioning conditioning(
            ImportComponents components, Conditioned conditioned, List<TextPart> texts)
            throws CheckpointException, IOException {
        return switch (conditioned) {
            case Conditioned.OnClasses classes ->
                new ModelConditioning.ClassLabels(
                        LabelNames.read(components.denoiser(), components.labels(), classes.count()),
                        classes.nullClass().isPresent()
                                ? Optional.of(classes.nullClass().getAsInt())
                                : Optional.empty());
            case Conditioned.OnCaptions captions ->
                new ModelConditioning.Captions(
                        texts.stream().map(TextPart::signature).toList(),
                        switch (captions.nullText()) {
                            case EMPTY_CAPTION -> ModelConditioning.NullText.EMPTY_CAPTION;
                            case ZEROS -> ModelConditioning.NullText.ZEROS;
                        });
        };
    }

    /** The labels, of class models. */
    Optional<List<String>> labels() {
        return conditioning instanceof ModelConditioning.ClassLabels classes
                ? Optional.of(classes.labels())
                : Optional.empty();
    }
}
