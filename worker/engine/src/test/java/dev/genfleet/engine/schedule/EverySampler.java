package dev.genfleet.engine.schedule;

import dev.genfleet.job.GuidanceSpec;
import dev.genfleet.job.ImageSize;
import dev.genfleet.job.SamplerSpec;
import dev.genfleet.job.SamplerSpec.Scheduler;
import dev.genfleet.job.TimestepSpacing;
import dev.genfleet.model.BetaSchedule;
import dev.genfleet.model.ModelConditioning;
import dev.genfleet.model.ModelManifest;
import dev.genfleet.model.NoiseSchedule;
import dev.genfleet.model.PredictionType;
import dev.genfleet.model.SamplerFit;
import dev.genfleet.sampling.FlowShift;
import dev.genfleet.sampling.Multistep;
import dev.genfleet.sampling.NoiseLevels;
import dev.genfleet.sampling.Sampling;
import dev.genfleet.sampling.UniPc;
import dev.genfleet.sampling.VarianceType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * One way to sample one process.
 *
 * @param process forward process
 * @param sampling the package's settings; empty means official
 * @param spec the job's sampler
 */
record EverySampler(NoiseSchedule process, Optional<Sampling> sampling, SamplerSpec spec) {

    static final int STEPS = 12;

    /** Every scheduler with every prediction that it takes, every spacing that it takes, and the choices that it has. */
    static List<EverySampler> all() {
        List<EverySampler> all = new ArrayList<>();
        for (PredictionType prediction : PredictionType.values()) {
            for (boolean zeroSnr : new boolean[] {false, true}) {
                if (!zeroSnr || prediction == PredictionType.SAMPLE || prediction == PredictionType.V_PREDICTION) {
                    processes(prediction, zeroSnr)
                            .forEach(process -> ways(process).forEach(all::add));
                }
            }
        }
        return all.stream()
                .filter(way -> SamplerFit.objections(way.manifest(), way.spec()).isEmpty())
                .toList();
    }

    private static Stream<NoiseSchedule> processes(PredictionType prediction, boolean zeroSnr) {
        return Arrays.stream(BetaSchedule.values())
                .filter(betas -> prediction != PredictionType.FLOW_PREDICTION || betas == BetaSchedule.LINEAR)
                .map(betas ->
                        new NoiseSchedule(1000, 0.00085, 0.012, betas, List.of(), prediction, Optional.of(zeroSnr)));
    }

    private static Stream<EverySampler> ways(NoiseSchedule process) {
        return Arrays.stream(Scheduler.values()).flatMap(scheduler -> specs(scheduler)
                .flatMap(spec -> settings(scheduler).map(sampling -> new EverySampler(process, sampling, spec))));
    }

    private static Stream<SamplerSpec> specs(Scheduler scheduler) {
        Stream<Optional<TimestepSpacing>> spacings = Stream.concat(
                Stream.of(Optional.empty()),
                Stream.of("leading", "linspace", "trailing", "official", "4,8")
                        .map(TimestepSpacing::parse)
                        .map(Optional::of));
        double eta = scheduler == Scheduler.DDIM ? 0.7 : 0;
        return spacings.flatMap(spacing -> Stream.of(Optional.<Boolean>empty(), Optional.of(true))
                .map(karras -> new SamplerSpec(scheduler, STEPS, eta, spacing, karras)));
    }

    private static Stream<Optional<Sampling>> settings(Scheduler scheduler) {
        return Stream.of(
                Optional.empty(),
                Optional.of(Sampling.USUAL),
                Optional.of(new Sampling(
                        Optional.empty(),
                        Optional.of(1),
                        Optional.of(1.5),
                        Optional.of(scheduler == Scheduler.DDPM ? VarianceType.FIXED_LARGE : VarianceType.FIXED_SMALL),
                        Optional.of(false),
                        Optional.of(new NoiseLevels(Optional.empty(), Optional.of(NoiseLevels.Final.SIGMA_MIN))),
                        Optional.of(new Multistep(
                                Optional.of(Multistep.Solver.HEUN),
                                Optional.of(false),
                                Optional.of(false),
                                Optional.of(new UniPc(3, UniPc.Basis.BH1, List.of(2, 3))))),
                        Optional.of(new FlowShift(1, Optional.of(new FlowShift.Dynamic(0.5, 1.15, 256, 4096, 2)))))));
    }

    ModelManifest manifest() {
        return new ModelManifest(
                1,
                "every",
                "dit",
                "default",
                "",
                Map.of(),
                ModelManifest.Denoiser.ofClasses("d.onnx", "latents", "timesteps", "class_labels", "out", false),
                process,
                sampling,
                new ModelManifest.Latent(4, 8, 1),
                new ModelManifest.LatentDecoder("v.onnx", "latents", "pixels"),
                new ModelConditioning.ClassLabels(List.of("thing"), Optional.empty()),
                List.of(new ImageSize(64, 64)),
                Optional.empty(),
                Optional.empty(),
                new ModelManifest.Defaults(spec, new GuidanceSpec(GuidanceSpec.Kind.NONE, 1)),
                new ModelManifest.Limits(1000, 1, 1, List.of(Scheduler.values())));
    }

    NoiseScheduler scheduler() {
        return NoiseScheduler.of(manifest(), spec);
    }

    @Override
    public String toString() {
        return spec + " of " + process.predictionType() + " " + process.betaSchedule() + " zero SNR "
                + process.endsInNoise() + " with " + sampling;
    }
}
