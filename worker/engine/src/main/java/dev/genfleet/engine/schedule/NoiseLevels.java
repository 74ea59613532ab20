package dev.genfleet.engine.schedule;

import dev.genfleet.model.PredictionType;

/** The noise levels before each step of a multistep solver and after the last, and how x₀ is read there. */
final class NoiseLevels {

    private NoiseLevels() {}

    /** One level more than steps. */
    static NoiseLevel[] of(SigmaSchedule sigmas, PredictionType prediction) {
        NoiseLevel[] levels = new NoiseLevel[sigmas.steps() + 1];
        for (int i = 0; i < levels.length; i++) {
            levels[i] = prediction == PredictionType.FLOW_PREDICTION
                    ? NoiseLevel.ofFlow(sigmas.sigma(i))
                    : NoiseLevel.ofRatio(sigmas.sigma(i));
        }
        return levels;
    }

    /** One reading for each step. */
    static Reading[] pictures(NoiseLevel[] levels, PredictionType prediction) {
        Reading[] pictures = new Reading[levels.length - 1];
        for (int step = 0; step < pictures.length; step++) {
            pictures[step] = Reading.ofPicture(prediction, levels[step].alpha(), levels[step].sigma());
        }
        return pictures;
    }
}
