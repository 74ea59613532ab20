package dev.genfleet.gateway.submission;

import dev.genfleet.job.JobRequest.Input;
import dev.genfleet.job.SamplerSpec;
import dev.genfleet.job.TimestepSpacing;
import dev.genfleet.model.ModelManifest;
import dev.genfleet.model.SamplerFit;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Checks the sampler of a request against a model and fills its defaults. One request, one thread. */
final class SamplerLimits {

    private static final String INPUT = "/input/";

    private final ModelManifest model;
    private final Complaints complaints;
    private boolean wrong;

    SamplerLimits(ModelManifest model, Complaints complaints) {
        this.model = model;
        this.complaints = complaints;
    }

    /** The complete sampler; empty when there were complaints about it. */
    Optional<SamplerSpec> sampler(Input input) {
        SamplerSpec defaults = model.defaults().sampler();
        SamplerSpec.Scheduler scheduler = scheduler(input).orElse(defaults.scheduler());
        boolean usual = scheduler == defaults.scheduler();
        Optional<TimestepSpacing> spacing =
                spacing(input).or(() -> usual ? defaults.timestepSpacing() : Optional.empty());
        int steps = steps(input, spacing);
        double eta = input.eta().orElse(usual ? defaults.eta() : 0.0);
        if (wrong) {
            return Optional.empty();
        }
        SamplerSpec spec = new SamplerSpec(
                scheduler,
                steps,
                eta,
                spacing,
                input.useKarrasSigmas().or(() -> usual ? defaults.useKarrasSigmas() : Optional.empty()));
        SamplerFit.objections(model, spec)
                .forEach(objection -> complain(objection.field(), objection.sentence() + "."));
        return wrong ? Optional.empty() : Optional.of(spec);
    }

    private Optional<SamplerSpec.Scheduler> scheduler(Input input) {
        List<SamplerSpec.Scheduler> allowed = model.limits().schedulers();
        Optional<SamplerSpec.Scheduler> chosen = input.scheduler().flatMap(name -> allowed.stream()
                .filter(scheduler -> scheduler.wireName().equals(name))
                .findFirst());
        if (input.scheduler().isPresent() && chosen.isEmpty()) {
            String names = allowed.stream().map(SamplerSpec.Scheduler::wireName).collect(Collectors.joining(", "));
            complain(
                    "scheduler",
                    "scheduler is '" + input.scheduler().get() + "', but " + model.name() + " allows " + names + ".");
        }
        return chosen;
    }

    private Optional<TimestepSpacing> spacing(Input input) {
        try {
            return input.timestepSpacing().map(TimestepSpacing::parse);
        } catch (IllegalArgumentException e) {
            complain("timestep_spacing", e.getMessage() + ".");
            return Optional.empty();
        }
    }

    /** Sections say themselves how many steps they are. */
    private int steps(Input input, Optional<TimestepSpacing> spacing) {
        Optional<Integer> sum = spacing.flatMap(TimestepSpacing::steps);
        int steps = input.numInferenceSteps()
                .or(() -> sum)
                .orElse(model.defaults().sampler().steps());
        if (sum.filter(made -> made != steps).isPresent()) {
            complain(
                    "num_inference_steps",
                    "num_inference_steps is " + steps + ", but timestep_spacing '" + spacing.get() + "' makes "
                            + sum.get() + " steps.");
            return steps;
        }
        int most = Math.min(model.limits().maxSteps(), model.noiseSchedule().trainSteps());
        if (steps > most) {
            boolean counted = input.numInferenceSteps().isEmpty() && sum.isPresent();
            complain(
                    counted ? "timestep_spacing" : "num_inference_steps",
                    counted
                            ? "timestep_spacing is '" + spacing.get() + "', which makes " + steps
                                    + " steps, but must make between 1 and " + most + " for " + model.name() + "."
                            : "num_inference_steps is " + steps + ", but must be between 1 and " + most + " for "
                                    + model.name() + ".");
        }
        return steps;
    }

    private void complain(String field, String sentence) {
        wrong = true;
        complaints.add(INPUT + field, sentence);
    }
}
