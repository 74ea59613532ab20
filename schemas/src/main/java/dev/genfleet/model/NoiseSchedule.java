package dev.genfleet.model;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Optional;

/**
 * The forward process that a denoiser was trained on, and what it predicts of it.
 *
 * @param trainSteps diffusion steps of training, usually 1000
 * @param betaStart beta of the first step; of no meaning for flows and trained betas
 * @param betaEnd beta of the last step
 * @param betaSchedule how beta runs between; linear when absent
 * @param trainedBetas every beta, in place of the schedule; empty means none
 * @param predictionType what the denoiser predicts; the noise when absent
 * @param rescaleBetasZeroSnr whether betas are rescaled so that the last step is nothing but noise (Lin et al. 2024, "Common
 *     Diffusion Noise Schedules and Sample Steps Are Flawed", algorithm 1)
 */
public record NoiseSchedule(
        int trainSteps,
        double betaStart,
        double betaEnd,

        @JsonInclude(value = JsonInclude.Include.CUSTOM, valueFilter = LeftOutOfJson.class)
        BetaSchedule betaSchedule,

        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Double> trainedBetas,

        @JsonInclude(value = JsonInclude.Include.CUSTOM, valueFilter = LeftOutOfJson.class)
        PredictionType predictionType,

        Optional<Boolean> rescaleBetasZeroSnr) {

    public NoiseSchedule {
        betaSchedule = betaSchedule == null ? BetaSchedule.LINEAR : betaSchedule;
        trainedBetas = trainedBetas == null ? List.of() : List.copyOf(trainedBetas);
        predictionType = predictionType == null ? PredictionType.EPSILON : predictionType;
        rescaleBetasZeroSnr = rescaleBetasZeroSnr == null ? Optional.empty() : rescaleBetasZeroSnr.filter(yes -> yes);
        if (trainSteps < 1 || !(betaStart > 0) || !(betaEnd >= betaStart) || !(betaEnd < 1)) {
            throw new IllegalArgumentException("noise_schedule has train_steps " + trainSteps + ", beta_start "
                    + betaStart + " and beta_end " + betaEnd + ", but needs 0 < beta_start <= beta_end < 1");
        }
        if (!trainedBetas.isEmpty()
                && (trainedBetas.size() != trainSteps
                        || trainedBetas.stream().anyMatch(beta -> !(beta > 0 && beta < 1)))) {
            throw new IllegalArgumentException("noise_schedule has " + trainedBetas.size()
                    + " trained_betas, but needs train_steps " + trainSteps + " of them, each between 0 and 1");
        }
        if (rescaleBetasZeroSnr.isPresent()
                && predictionType != PredictionType.V_PREDICTION
                && predictionType != PredictionType.SAMPLE) {
            throw new IllegalArgumentException("noise_schedule has rescale_betas_zero_snr with prediction_type "
                    + predictionType.wireName() + ", but the last step, all noise, says nothing about x0 then;"
                    + " it must be v_prediction or sample");
        }
    }

    /** Linear betas and a denoiser that predicts the noise. */
    public NoiseSchedule(int trainSteps, double betaStart, double betaEnd) {
        this(trainSteps, betaStart, betaEnd, BetaSchedule.LINEAR, List.of(), PredictionType.EPSILON, Optional.empty());
    }

    /** Whether the last training step is nothing but noise. */
    public boolean endsInNoise() {
        return rescaleBetasZeroSnr.isPresent();
    }

    /** Whether the denoiser predicts a flow; betas have no meaning then. */
    public boolean flow() {
        return predictionType == PredictionType.FLOW_PREDICTION;
    }
}
