package dev.genfleet.importer.scheduler;

import dev.genfleet.importer.checkpoint.CheckpointException;
import dev.genfleet.model.BetaSchedule;
import dev.genfleet.model.NoiseSchedule;
import dev.genfleet.model.PredictionType;
import java.util.List;
import java.util.Optional;

/** The forward process of training, whose fields and defaults all classes share. */
final class ProcessFields {

    private static final String PREDICTION = "prediction_type";

    private ProcessFields() {}

    static NoiseSchedule read(ConfigFields fields, Optional<SchedulerClass> known) throws CheckpointException {
        List<Double> trained = fields.numbers("trained_betas");
        NoiseSchedule noise = new NoiseSchedule(
                fields.whole("num_train_timesteps").orElse(trained.isEmpty() ? 1000 : trained.size()),
                fields.number("beta_start").orElse(1e-4),
                fields.number("beta_end").orElse(0.02),
                betas(fields.oneOf("beta_schedule", List.of("linear", "scaled_linear", "squaredcos_cap_v2"))
                        .orElse("linear")),
                trained,
                prediction(fields, known),
                fields.flag("rescale_betas_zero_snr"));
        if (known.isPresent() && known.get() != SchedulerClass.FLOW_EULER) {
            requireLevels(fields, noise);
        }
        return noise;
    }

    private static BetaSchedule betas(String name) {
        return switch (name) {
            case "scaled_linear" -> BetaSchedule.SCALED_LINEAR;
            case "squaredcos_cap_v2" -> BetaSchedule.SQUAREDCOS_CAP_V2;
            default -> BetaSchedule.LINEAR;
        };
    }

    private static PredictionType prediction(ConfigFields fields, Optional<SchedulerClass> known)
            throws CheckpointException {
        String name = fields.oneOf(PREDICTION, List.of("epsilon", "sample", "v_prediction", "flow_prediction"))
                .orElse("epsilon");
        if (known.equals(Optional.of(SchedulerClass.FLOW_EULER))) {
            return PredictionType.FLOW_PREDICTION; // the class has no such field
        }
        return switch (name) {
            case "sample" -> PredictionType.SAMPLE;
            case "v_prediction" -> PredictionType.V_PREDICTION;
            case "flow_prediction" -> PredictionType.FLOW_PREDICTION;
            default -> PredictionType.EPSILON;
        };
    }

    /** A predicted flow and noise levels of flows belong together. */
    private static void requireLevels(ConfigFields fields, NoiseSchedule noise) throws CheckpointException {
        boolean levels = fields.flag("use_flow_sigmas").orElse(false);
        if (levels != noise.flow()) {
            throw fields.refused(
                    "use_flow_sigmas",
                    String.valueOf(levels),
                    noise.flow() + " is known with prediction_type "
                            + noise.predictionType().wireName());
        }
    }
}
