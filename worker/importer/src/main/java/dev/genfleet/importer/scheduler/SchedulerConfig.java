package dev.genfleet.importer.scheduler;

import com.fasterxml.jackson.databind.JsonNode;
import dev.genfleet.importer.checkpoint.CheckpointException;
import dev.genfleet.job.SamplerSpec;
import dev.genfleet.model.NoiseSchedule;
import dev.genfleet.sampling.Sampling;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What a {@code scheduler_config.json} says. Without a class name it is believed about the forward process only, and the package
 * samples as the official DiT does; with one, everything that is left out is as that class of diffusers has it.
 *
 * @param noise the forward process
 * @param sampling how the package is sampled; empty means as the official DiT is
 * @param scheduler the scheduler that the class stands for
 * @param warnings fields that are not known, one sentence each
 */
public record SchedulerConfig(
        NoiseSchedule noise,
        Optional<Sampling> sampling,
        Optional<SamplerSpec.Scheduler> scheduler,
        List<String> warnings) {

    private static final int MULTISTEP_STEPS = 20; // the default of diffusers' PixArt pipelines
    private static final int EULER_STEPS = 28; // the default of diffusers' pipelines with flow matching

    public SchedulerConfig {
        warnings = List.copyOf(warnings);
    }

    /**
     * Reads a configuration.
     *
     * @param config the file's content, or a missing node: 1000 linear betas from 1e-4 to 0.02, and nothing else
     * @param file named in messages
     * @throws CheckpointException when it asks for what would make other pictures here; one sentence says what
     */
    public static SchedulerConfig read(JsonNode config, Path file) throws CheckpointException {
        ConfigFields fields = new ConfigFields(config, file);
        Optional<SchedulerClass> known = SchedulerClass.of(fields);
        for (ConfigRule rule : ConfigRule.ALL) {
            rule.check(fields);
        }
        try {
            NoiseSchedule noise = ProcessFields.read(fields, known);
            Optional<Sampling> sampling =
                    known.isPresent() ? Optional.of(SamplingFields.read(fields, known.get(), noise)) : Optional.empty();
            Optional<SamplerSpec.Scheduler> scheduler =
                    known.isPresent() ? Optional.of(known.get().scheduler(fields)) : Optional.empty();
            return new SchedulerConfig(noise, sampling, scheduler, fields.unknown());
        } catch (IllegalArgumentException e) {
            throw new CheckpointException(file + ": " + e.getMessage(), e);
        }
    }

    /** The default sampler: that of the class, in as many steps as is usual for it but not more than for the family. */
    public SamplerSpec sampler(SamplerSpec usual) {
        SamplerSpec.Scheduler named = scheduler.orElse(usual.scheduler());
        int steps = scheduler.isPresent() ? steps(named, usual.steps()) : usual.steps();
        return new SamplerSpec(named, Math.min(steps, noise.trainSteps()), scheduler.isPresent() ? 0 : usual.eta());
    }

    private static int steps(SamplerSpec.Scheduler scheduler, int usual) {
        return switch (scheduler) {
            case DDPM, DDIM -> usual;
            case DPMPP_1, DPMPP_2M, DPMPP_2M_SDE, DPMPP_3M, UNIPC -> Math.min(usual, MULTISTEP_STEPS);
            case EULER, EULER_ANCESTRAL, FLOW_EULER -> Math.min(usual, EULER_STEPS);
        };
    }
}
