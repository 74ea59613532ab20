package dev.genfleet.model;

import dev.genfleet.job.SamplerSpec;
import dev.genfleet.job.SamplerSpec.Scheduler;
import dev.genfleet.job.TimestepSpacing;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Which samplers a package can be sampled with. Asked at submission, and again by the engine. */
public final class SamplerFit {

    private final NoiseSchedule process;
    private final EffectiveSampler sampler;
    private final List<Objection> objections = new ArrayList<>();

    private SamplerFit(NoiseSchedule process, EffectiveSampler sampler) {
        this.process = process;
        this.sampler = sampler;
    }

    /**
     * Why it cannot be.
     *
     * @param field of a job's input
     * @param sentence what was given and what is allowed, without a full stop
     */
    public record Objection(String field, String sentence) {}

    /** Everything that speaks against sampling the package so; empty when it can be. */
    public static List<Objection> objections(ModelManifest manifest, SamplerSpec spec) {
        SamplerFit fit = new SamplerFit(manifest.noiseSchedule(), EffectiveSampler.of(manifest, spec));
        fit.check();
        return List.copyOf(fit.objections);
    }

    /** The schedulers that take a denoiser of this kind. */
    public static List<Scheduler> schedulers(PredictionType prediction) {
        return Arrays.stream(Scheduler.values())
                .filter(scheduler -> takes(scheduler, prediction))
                .toList();
    }

    private static boolean takes(Scheduler scheduler, PredictionType prediction) {
        boolean flow = prediction == PredictionType.FLOW_PREDICTION;
        return switch (scheduler) {
            case DDPM, DDIM, EULER, EULER_ANCESTRAL -> !flow;
            case FLOW_EULER -> flow;
            case DPMPP_1, DPMPP_2M, DPMPP_2M_SDE, DPMPP_3M, UNIPC -> true;
        };
    }

    static boolean overKarrasSigmas(Scheduler scheduler) {
        return scheduler == Scheduler.EULER || multistep(scheduler);
    }

    private static boolean multistep(Scheduler scheduler) {
        return switch (scheduler) {
            case DPMPP_1, DPMPP_2M, DPMPP_2M_SDE, DPMPP_3M, UNIPC -> true;
            case DDPM, DDIM, EULER, EULER_ANCESTRAL, FLOW_EULER -> false;
        };
    }

    private static boolean ofTables(Scheduler scheduler) {
        return scheduler == Scheduler.DDPM || scheduler == Scheduler.DDIM;
    }

    private void check() {
        SamplerSpec spec = sampler.spec();
        if (!takes(spec.scheduler(), process.predictionType())) {
            object(
                    "scheduler",
                    "scheduler is '" + spec.scheduler().wireName() + "', but the model's prediction is "
                            + process.predictionType().wireName() + ", which is taken by "
                            + names(scheduler -> takes(scheduler, process.predictionType())));
            return;
        }
        if (spec.eta() > 0 && spec.scheduler() != Scheduler.DDIM) {
            object(
                    "eta",
                    "eta is " + spec.eta() + ", but only scheduler ddim takes it and the scheduler is "
                            + spec.scheduler().wireName());
        }
        if (spec.useKarrasSigmas().orElse(false) && !sampler.useKarrasSigmas()) {
            object(
                    "use_karras_sigmas",
                    "use_karras_sigmas is true, but "
                            + (process.flow()
                                    ? "the model predicts a flow, which has noise levels of its own"
                                    : "only schedulers " + names(SamplerFit::overKarrasSigmas)
                                            + " take it and the scheduler is "
                                            + spec.scheduler().wireName()));
        }
        steps();
        if (objections.isEmpty()) {
            spacing();
        }
    }

    private void steps() {
        // Multistep solvers divide by differences of noise levels, so no training step may be visited twice.
        boolean everyStepTwice = multistep(sampler.spec().scheduler())
                && !process.flow()
                && !sampler.useKarrasSigmas()
                && sampler.spacing().kind() != TimestepSpacing.Kind.TRAILING;
        int most = Math.max(1, everyStepTwice ? process.trainSteps() - 1 : process.trainSteps());
        if (sampler.spec().steps() > most) {
            object(
                    "num_inference_steps",
                    "num_inference_steps is " + sampler.spec().steps() + ", but must be between 1 and " + most);
        }
    }

    private void spacing() {
        SamplerSpec spec = sampler.spec();
        if (process.flow()) {
            spec.timestepSpacing()
                    .ifPresent(given -> spacing("the model predicts a flow, whose steps follow from its shift"));
            return;
        }
        if (sampler.respaced() && !ofTables(spec.scheduler())) {
            spacing("scheduler " + spec.scheduler().wireName() + " takes leading, linspace or trailing");
            return;
        }
        int train = process.trainSteps();
        boolean free = sampler.useKarrasSigmas() && multistep(spec.scheduler());
        boolean ending = sampler.spacing().kind() == TimestepSpacing.Kind.LINSPACE
                || sampler.spacing().kind() == TimestepSpacing.Kind.TRAILING;
        if (process.endsInNoise() && !free && !ending) {
            spacing("the model was trained down to nothing but noise, where sampling must begin:"
                    + " it takes linspace or trailing");
            return;
        }
        switch (sampler.spacing().kind()) {
            case LEADING -> {
                if (!free) {
                    leading(train);
                }
            }
            case DDIM -> {
                if (IntStream.rangeClosed(1, train).noneMatch(stride -> Math.ceilDiv(train, stride) == spec.steps())) {
                    spacing("no whole stride makes exactly " + spec.steps() + " steps of " + train);
                }
            }
            case SECTIONS -> sections(train);
            case LINSPACE, TRAILING, OFFICIAL -> {}
        }
    }

    private void leading(int train) {
        int steps = sampler.spec().steps();
        int offset = sampler.settings().stepsOffset().orElse(0);
        int last = multistep(sampler.spec().scheduler())
                ? steps * (train / (steps + 1)) + offset
                : (steps - 1) * (train / steps) + offset;
        if (last >= train) {
            object(
                    "num_inference_steps",
                    "num_inference_steps is " + steps + ", but with leading spacing from step " + offset
                            + " they reach beyond the last of " + train + " training steps");
        }
    }

    private void sections(int train) {
        List<Integer> sections = sampler.spacing().sections();
        for (int i = 0; i < sections.size(); i++) {
            int size = train / sections.size() + (i < train % sections.size() ? 1 : 0);
            if (sections.get(i) > size) {
                spacing("section " + (i + 1) + " of " + train + " training steps has " + size);
                return;
            }
        }
    }

    private void spacing(String why) {
        object("timestep_spacing", "timestep_spacing is '" + sampler.spacing() + "', but " + why);
    }

    private void object(String field, String sentence) {
        objections.add(new Objection(field, sentence));
    }

    private static String names(Predicate<Scheduler> which) {
        return Arrays.stream(Scheduler.values())
                .filter(which)
                .map(Scheduler::wireName)
                .collect(Collectors.joining(", "));
    }
}
