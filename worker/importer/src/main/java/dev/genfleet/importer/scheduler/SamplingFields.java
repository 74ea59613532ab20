package dev.genfleet.importer.scheduler;

import dev.genfleet.importer.checkpoint.CheckpointException;
import dev.genfleet.job.TimestepSpacing;
import dev.genfleet.model.NoiseSchedule;
import dev.genfleet.sampling.FlowShift;
import dev.genfleet.sampling.Multistep;
import dev.genfleet.sampling.NoiseLevels;
import dev.genfleet.sampling.Sampling;
import dev.genfleet.sampling.UniPc;
import dev.genfleet.sampling.VarianceType;
import java.util.List;
import java.util.Optional;

/**
 * How the package is sampled. Fields are read whatever the class: where a job asks for another scheduler, they hold for it, as in
 * diffusers' {@code from_config}. What the file leaves out is left out here too, so each scheduler keeps its own class's default;
 * only clipping and the variance, whose defaults differ from this program's, are written out.
 */
final class SamplingFields {

    private static final List<String> DPM_SOLVERS = List.of("midpoint", "heun");
    private static final List<String> UNIPC_SOLVERS = List.of("bh1", "bh2");
    private static final int PATCH =
            2; // latent cells along a token's side in diffusers' pipelines with dynamic shifting

    private final ConfigFields fields;
    private final SchedulerClass of;
    private final NoiseSchedule noise;

    private SamplingFields(ConfigFields fields, SchedulerClass of, NoiseSchedule noise) {
        this.fields = fields;
        this.of = of;
        this.noise = noise;
    }

    static Sampling read(ConfigFields fields, SchedulerClass of, NoiseSchedule noise) throws CheckpointException {
        return new SamplingFields(fields, of, noise).read();
    }

    private Sampling read() throws CheckpointException {
        return new Sampling(
                fields.oneOf("timestep_spacing", List.of("leading", "linspace", "trailing"))
                        .map(TimestepSpacing::parse),
                fields.whole("steps_offset").filter(offset -> offset != 0),
                clipping(),
                variance(),
                fields.flag("set_alpha_to_one"),
                levels(),
                multistep(),
                shift());
    }

    private Optional<Double> clipping() throws CheckpointException {
        boolean clips = of == SchedulerClass.DDPM || of == SchedulerClass.DDIM;
        Optional<Double> range = fields.number("clip_sample_range");
        return fields.flag("clip_sample").orElse(clips) ? Optional.of(range.orElse(1.0)) : Optional.empty();
    }

    /** Of DDPM; DPM-Solver++ has a field of that name, too, which says nothing but that the prediction has a second half. */
    private Optional<VarianceType> variance() throws CheckpointException {
        if (of != SchedulerClass.DDPM) {
            fields.has("variance_type");
            return Optional.empty();
        }
        String name = fields.oneOf(
                        "variance_type", List.of("fixed_small", "fixed_small_log", "fixed_large", "learned_range"))
                .orElse("fixed_small");
        return Optional.of(
                switch (name) {
                    case "fixed_large" -> VarianceType.FIXED_LARGE;
                    case "learned_range" -> VarianceType.LEARNED_RANGE;
                    default -> VarianceType.FIXED_SMALL;
                });
    }

    private Optional<NoiseLevels> levels() throws CheckpointException {
        Optional<Boolean> karras = fields.flag("use_karras_sigmas");
        Optional<NoiseLevels.Final> last = fields.oneOf("final_sigmas_type", List.of("zero", "sigma_min"))
                .map(name -> name.equals("zero") ? NoiseLevels.Final.ZERO : NoiseLevels.Final.SIGMA_MIN);
        if (noise.flow() && karras.orElse(false)) {
            throw fields.refused("use_karras_sigmas", "true", "false is known for flow matching");
        }
        if (noise.flow() && last.equals(Optional.of(NoiseLevels.Final.SIGMA_MIN))) {
            throw fields.refused("final_sigmas_type", "sigma_min", "zero is known for flow matching");
        }
        return karras.isPresent() || last.isPresent() ? Optional.of(new NoiseLevels(karras, last)) : Optional.empty();
    }

    private Optional<Multistep> multistep() throws CheckpointException {
        Optional<String> solver = fields.text("solver_type");
        Optional<Boolean> lower = fields.flag("lower_order_final");
        Optional<Boolean> euler = fields.flag("euler_at_final");
        if (of == SchedulerClass.UNIPC) {
            return Optional.of(new Multistep(Optional.empty(), lower, euler, Optional.of(unipc(solver))));
        }
        fields.has("disable_corrector");
        if (of != SchedulerClass.DPM_SOLVER) {
            fields.has("solver_order");
            fields.has("algorithm_type");
            return Optional.empty();
        }
        // diffusers reads UniPC's names here as midpoint, too.
        Optional<Multistep.Solver> known =
                solver.map(name -> name.equals("heun") ? Multistep.Solver.HEUN : Multistep.Solver.MIDPOINT);
        requireSolver(solver, DPM_SOLVERS, UNIPC_SOLVERS);
        return Optional.of(new Multistep(known, lower, euler, Optional.empty()));
    }

    private UniPc unipc(Optional<String> solver) throws CheckpointException {
        requireSolver(solver, UNIPC_SOLVERS, DPM_SOLVERS);
        int order = fields.whole("solver_order").orElse(2);
        if (order < 1 || order > 3) {
            throw fields.refused("solver_order", String.valueOf(order), "1, 2 and 3 are known");
        }
        return new UniPc(
                order,
                solver.filter("bh1"::equals).isPresent() ? UniPc.Basis.BH1 : UniPc.Basis.BH2,
                fields.numbers("disable_corrector").stream()
                        .map(Double::intValue)
                        .toList());
    }

    private void requireSolver(Optional<String> given, List<String> own, List<String> others)
            throws CheckpointException {
        if (given.isPresent()
                && !own.contains(given.get())
                && !others.contains(given.get())
                && !given.get().equals("logrho")) {
            throw fields.refused("solver_type", given.get(), String.join(" and ", own) + " are known");
        }
    }

    private Optional<FlowShift> shift() throws CheckpointException {
        boolean dynamic = fields.flag("use_dynamic_shifting").orElse(false);
        if (dynamic && of != SchedulerClass.FLOW_EULER) {
            throw fields.refused("use_dynamic_shifting", "true", "false is known for this class");
        }
        Optional<Double> own = fields.number("shift");
        Optional<Double> multistep = fields.number("flow_shift");
        FlowShift.Dynamic line = new FlowShift.Dynamic(
                fields.number("base_shift").orElse(0.5),
                fields.number("max_shift").orElse(1.15),
                fields.whole("base_image_seq_len").orElse(256),
                fields.whole("max_image_seq_len").orElse(4096),
                PATCH);
        if (!noise.flow()) {
            return Optional.empty();
        }
        return Optional.of(new FlowShift(
                (of == SchedulerClass.FLOW_EULER ? own : multistep).orElse(1.0),
                dynamic ? Optional.of(line) : Optional.empty()));
    }
}
