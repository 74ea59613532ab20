package dev.genfleet.engine.schedule;

import dev.genfleet.job.SamplerSpec;
import dev.genfleet.job.TimestepSpacing;
import dev.genfleet.model.BetaSchedule;
import dev.genfleet.model.EffectiveSampler;
import dev.genfleet.model.LatentShape;
import dev.genfleet.model.ModelManifest;
import dev.genfleet.model.NoiseSchedule;
import dev.genfleet.model.SamplerFit;
import dev.genfleet.sampling.FlowShift;
import dev.genfleet.sampling.Multistep;
import dev.genfleet.sampling.NoiseLevels.Final;
import dev.genfleet.sampling.VarianceType;
import java.util.Optional;

/** Builds the scheduler that a job asks for over a package's forward process and settings. */
final class SchedulerChoice {

    private final ModelManifest manifest;
    private final NoiseSchedule process;
    private final EffectiveSampler sampler;
    private final LatentShape shape;

    private SchedulerChoice(ModelManifest manifest, SamplerSpec spec, LatentShape shape) {
        this.manifest = manifest;
        this.process = manifest.noiseSchedule();
        this.sampler = EffectiveSampler.of(manifest, spec);
        this.shape = shape;
    }

    static NoiseScheduler of(ModelManifest manifest, SamplerSpec spec, LatentShape shape) {
        SamplerFit.objections(manifest, spec).stream().findFirst().ifPresent(objection -> {
            throw new IllegalArgumentException(objection.sentence());
        });
        return new SchedulerChoice(manifest, spec, shape).build();
    }

    private NoiseScheduler build() {
        Multistep multistep = sampler.settings().multistep().orElse(Multistep.USUAL);
        return switch (sampler.spec().scheduler()) {
            case DDPM -> ddpm();
            case DDIM -> ddim();
            case EULER -> new EulerScheduler(eulerSigmas(), process.predictionType());
            case EULER_ANCESTRAL -> new EulerAncestralScheduler(eulerSigmas(), process.predictionType());
            case FLOW_EULER ->
                new FlowEulerScheduler(flowSigmas()
                        .euler(
                                flowShift(),
                                shift().dynamic().isPresent() ? FlowSigmas.Ends.PLAIN : FlowSigmas.Ends.SHIFTED));
            case DPMPP_1 -> DpmSolverScheduler.ode(dpmSigmas(), process.predictionType(), 1, multistep);
            case DPMPP_2M -> DpmSolverScheduler.ode(dpmSigmas(), process.predictionType(), 2, multistep);
            case DPMPP_3M -> DpmSolverScheduler.ode(dpmSigmas(), process.predictionType(), 3, multistep);
            case DPMPP_2M_SDE -> DpmSolverScheduler.sde(dpmSigmas(), process.predictionType(), multistep);
            case UNIPC -> new UniPcScheduler(uniPcSigmas(), process.predictionType(), multistep);
        };
    }

    private NoiseScheduler ddpm() {
        VarianceType fixed = sampler.respaced() ? VarianceType.FIXED_LARGE : VarianceType.FIXED_SMALL;
        VarianceType variance = sampler.settings()
                .varianceType()
                .orElse(manifest.denoiser().learnedSigma() ? VarianceType.LEARNED_RANGE : fixed);
        return sampler.respaced()
                ? new DdpmScheduler(tables(), process.predictionType(), variance, clipping())
                : new SpacedDdpmScheduler(process, wholeSteps(), variance, clipping());
    }

    private NoiseScheduler ddim() {
        double eta = sampler.spec().eta();
        SpacedDdimScheduler.End end = sampler.settings().setAlphaToOne().orElse(true)
                ? SpacedDdimScheduler.End.WITHOUT_NOISE
                : SpacedDdimScheduler.End.FIRST_TRAINING_STEP;
        return sampler.respaced()
                ? new DdimScheduler(tables(), process.predictionType(), eta, clipping())
                : new SpacedDdimScheduler(process, wholeSteps(), eta, end, clipping());
    }

    private DiffusionTables tables() {
        int train = process.trainSteps();
        int steps = sampler.spec().steps();
        TimestepSpacing spacing = sampler.spacing();
        int[] kept =
                switch (spacing.kind()) {
                    case DDIM -> Respacing.parse(train, "ddim" + steps);
                    case SECTIONS -> Respacing.parse(train, spacing.toString());
                    default -> Respacing.sections(train, steps);
                };
        return DiffusionTables.of(process, kept);
    }

    private Clipping clipping() {
        return sampler.settings()
                .clipSampleRange()
                .map(range -> new Clipping(range.floatValue()))
                .orElse(Clipping.NONE);
    }

    private Spacing spacing() {
        return new Spacing(
                process.trainSteps(),
                sampler.spec().steps(),
                sampler.settings().stepsOffset().orElse(0));
    }

    private double[] wholeSteps() {
        double[] visited = spacing().single(sampler.spacing().kind());
        for (int i = 0; i < visited.length; i++) {
            visited[i] = Math.rint(visited[i]);
        }
        return visited;
    }

    private SigmaTable table() {
        return new SigmaTable(SingleTables.positiveAlphasCumprod(process));
    }

    private double last(SigmaTable table) {
        return sampler.settings()
                        .noiseLevels()
                        .flatMap(dev.genfleet.sampling.NoiseLevels::finalSigmasType)
                        .equals(Optional.of(Final.SIGMA_MIN))
                ? table.least()
                : 0;
    }

    private EulerSigmas eulerSigmas() {
        SigmaTable table = table();
        // The ancestral class ends without noise whatever the package says.
        double last = sampler.spec().scheduler() == SamplerSpec.Scheduler.EULER ? last(table) : 0;
        return EulerSigmas.of(
                table,
                spacing(),
                sampler.spacing().kind(),
                sampler.useKarrasSigmas() ? EulerSigmas.Levels.KARRAS : EulerSigmas.Levels.TRAINING_STEPS,
                last);
    }

    private SigmaSchedule dpmSigmas() {
        return process.flow()
                ? flowSigmas().dpmSolver(flowShift())
                : multistepSigmas(
                        process.betaSchedule() == BetaSchedule.SQUAREDCOS_CAP_V2
                                ? MultistepSigmas.Whole.BELOW
                                : MultistepSigmas.Whole.NEAREST);
    }

    private SigmaSchedule uniPcSigmas() {
        return process.flow() ? flowSigmas().uniPc(flowShift()) : multistepSigmas(MultistepSigmas.Whole.NEAREST);
    }

    private SigmaSchedule multistepSigmas(MultistepSigmas.Whole whole) {
        SigmaTable table = table();
        return sampler.useKarrasSigmas()
                ? MultistepSigmas.karras(table, sampler.spec().steps(), whole, last(table))
                : MultistepSigmas.of(table, spacing(), sampler.spacing().kind(), last(table));
    }

    private FlowSigmas flowSigmas() {
        return new FlowSigmas(process.trainSteps(), sampler.spec().steps());
    }

    private FlowShift shift() {
        return sampler.settings().flowShift().orElse(FlowShift.NONE);
    }

    private double flowShift() {
        return shift().of(shape.height(), shape.width());
    }
}
