package dev.genfleet.importer;

import com.fasterxml.jackson.databind.JsonNode;
import dev.genfleet.importer.ArchitectureVariant.Motion;
import dev.genfleet.importer.checkpoint.CheckpointException;
import dev.genfleet.importer.family.UsualSampling;
import dev.genfleet.importer.scheduler.SchedulerConfig;
import dev.genfleet.job.GuidanceInterval;
import dev.genfleet.job.GuidanceSpec;
import dev.genfleet.job.SamplerSpec;
import dev.genfleet.model.ModelManifest.Defaults;
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

    /** The forward process, and how diffusers would sample on it. */
    static SchedulerConfig scheduler(Path file) throws CheckpointException, IOException {
        return SchedulerConfig.read(JsonFile.read(file), file);
    }

    /**
     * As {@code generation_config.json} says; where it is silent as the scheduler's class is usually sampled, and without one as the
     * architecture is; without what is left out of the checkpoint.
     */
    static Defaults defaults(
            CheckpointFolder folder, SchedulerConfig scheduler, UsualSampling architecture, Motion motion)
            throws CheckpointException, IOException {
        JsonNode config = folder.json(GENERATION_FILE);
        SamplerSpec usual = scheduler.sampler(architecture.sampler());
        try {
            SamplerSpec sampler = new SamplerSpec(
                    SamplerSpec.Scheduler.parse(
                            config.path("scheduler").asText(usual.scheduler().wireName())),
                    config.path("steps").asInt(usual.steps()),
                    config.path("eta").asDouble(usual.eta()));
            return new Defaults(sampler, guidance(config, architecture.guidance(), motion));
        } catch (IllegalArgumentException e) {
            throw new CheckpointException(folder.beside(GENERATION_FILE) + ": " + e.getMessage(), e);
        }
    }

    private static GuidanceSpec guidance(JsonNode config, GuidanceSpec usual, Motion motion) {
        if (usual.kind() == GuidanceSpec.Kind.NONE) {
            return usual;
        }
        GuidanceSpec.Kind given = GuidanceSpec.Kind.parse(
                config.path("guidance").asText(usual.kind().wireName()));
        // Without motion nothing is left of motion-free guidance but the caption's.
        boolean stilled = given == GuidanceSpec.Kind.MOTION_FREE && motion == Motion.NEVER;
        GuidanceSpec.Kind kind = stilled ? usual.kind() : given;
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
}
