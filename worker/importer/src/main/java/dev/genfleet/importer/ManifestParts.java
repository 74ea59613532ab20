package dev.genfleet.importer;

import dev.genfleet.importer.checkpoint.CheckpointException;
import dev.genfleet.importer.family.Conditioned;
import dev.genfleet.importer.family.DenoiserArchitecture;
import dev.genfleet.importer.scheduler.SchedulerConfig;
import dev.genfleet.model.ModelConditioning;
import dev.genfleet.model.ModelManifest.Defaults;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * What the files beside a checkpoint, and its text encoders, say about its use.
 *
 * @param conditioning labels or text encoders
 * @param scheduler the forward process of training, and how it is sampled
 * @param defaults how it is sampled unless a job says otherwise
 */
record ManifestParts(ModelConditioning conditioning, SchedulerConfig scheduler, Defaults defaults) {

    static ManifestParts of(ImportComponents components, DenoiserArchitecture architecture, List<TextPart> texts)
            throws CheckpointException, IOException {
        SchedulerConfig scheduler = SamplingDefaults.scheduler(components.scheduler());
        return new ManifestParts(
                conditioning(components, architecture.conditioned(), texts),
                scheduler,
                SamplingDefaults.defaults(components.denoiser(), scheduler, architecture.sampling()));
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
