package dev.genfleet.importer;

import com.fasterxml.jackson.databind.JsonNode;
import dev.genfleet.importer.ArchitectureVariant.Motion;
import dev.genfleet.importer.checkpoint.CheckpointException;
import dev.genfleet.importer.family.Conditioned;
import dev.genfleet.importer.family.DenoiserArchitecture;
import dev.genfleet.importer.scheduler.SchedulerConfig;
import dev.genfleet.model.ModelConditioning;
import dev.genfleet.model.ModelManifest.Defaults;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What the files beside a checkpoint, and its text encoders, say about its use.
 *
 * @param conditioning labels or text encoders
 * @param scheduler the forward process of training, and how it is sampled
 * @param defaults how it is sampled unless a job says otherwise
 * @param fps frames per second of videos, where {@code config.json} gives the rate of the clips it was trained with
 */
record ManifestParts(ModelConditioning conditioning, SchedulerConfig scheduler, Defaults defaults, OptionalInt fps) {

    private static final int MOST_FPS = 240;

    static ManifestParts of(
            ImportComponents components, DenoiserArchitecture architecture, Motion motion, List<TextPart> texts)
            throws CheckpointException, IOException {
        SchedulerConfig scheduler = SamplingDefaults.scheduler(components.scheduler());
        return new ManifestParts(
                conditioning(components, architecture.conditioned(), texts),
                scheduler,
                SamplingDefaults.defaults(components.denoiser(), scheduler, architecture.sampling(), motion),
                fps(components.denoiser()));
    }

    private static OptionalInt fps(CheckpointFolder denoiser) throws CheckpointException, IOException {
        JsonNode given = denoiser.json("config.json").path("fps");
        if (given.isMissingNode() || given.isNull()) {
            return OptionalInt.empty();
        }
        if (!given.isInt() || given.asInt() < 1 || given.asInt() > MOST_FPS) {
            throw new CheckpointException("fps in config.json beside " + denoiser.weights() + " is " + given
                    + ", but must be a whole number from 1 to " + MOST_FPS);
        }
        return OptionalInt.of(given.asInt());
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
