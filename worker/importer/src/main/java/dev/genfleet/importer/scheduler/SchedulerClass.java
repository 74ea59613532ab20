package dev.genfleet.importer.scheduler;

import dev.genfleet.importer.checkpoint.CheckpointException;
import dev.genfleet.job.SamplerSpec.Scheduler;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The scheduler classes of diffusers that have a counterpart here. */
enum SchedulerClass {
    DDPM("DDPMScheduler"),
    DDIM("DDIMScheduler"),
    DPM_SOLVER("DPMSolverMultistepScheduler"),
    EULER("EulerDiscreteScheduler"),
    EULER_ANCESTRAL("EulerAncestralDiscreteScheduler"),
    FLOW_EULER("FlowMatchEulerDiscreteScheduler"),
    UNIPC("UniPCMultistepScheduler");

    private static final String CLASS_NAME = "_class_name";

    private final String name;

    SchedulerClass(String name) {
        this.name = name;
    }

    /** Empty when the configuration names none. */
    static Optional<SchedulerClass> of(ConfigFields fields) throws CheckpointException {
        Optional<String> given = fields.text(CLASS_NAME);
        Optional<SchedulerClass> known = given.flatMap(text ->
                Arrays.stream(values()).filter(each -> each.name.equals(text)).findFirst());
        if (given.isPresent() && known.isEmpty()) {
            throw new CheckpointException(fields.file() + " is of class '" + given.get() + "', but must be one of "
                    + Arrays.stream(values()).map(each -> each.name).collect(Collectors.joining(", ")));
        }
        return known;
    }

    /** The scheduler that it stands for, with the order and kind that the configuration names. */
    Scheduler scheduler(ConfigFields fields) throws CheckpointException {
        return switch (this) {
            case DDPM -> Scheduler.DDPM;
            case DDIM -> Scheduler.DDIM;
            case DPM_SOLVER -> dpmSolver(fields);
            case EULER -> Scheduler.EULER;
            case EULER_ANCESTRAL -> Scheduler.EULER_ANCESTRAL;
            case FLOW_EULER -> Scheduler.FLOW_EULER;
            case UNIPC -> Scheduler.UNIPC;
        };
    }

    private static Scheduler dpmSolver(ConfigFields fields) throws CheckpointException {
        boolean stochastic = fields.oneOf("algorithm_type", List.of("dpmsolver++", "sde-dpmsolver++"))
                .filter("sde-dpmsolver++"::equals)
                .isPresent();
        int order = fields.whole("solver_order").orElse(2);
        if (stochastic && order != 2) {
            throw fields.refused("solver_order", String.valueOf(order), "2 is known for sde-dpmsolver++");
        }
        return switch (order) {
            case 1 -> Scheduler.DPMPP_1;
            case 2 -> stochastic ? Scheduler.DPMPP_2M_SDE : Scheduler.DPMPP_2M;
            case 3 -> Scheduler.DPMPP_3M;
            default -> throw fields.refused("solver_order", String.valueOf(order), "1, 2 and 3 are known");
        };
    }
}
