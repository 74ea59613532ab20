package dev.genfleet.engine.schedule;

import dev.genfleet.model.PredictionType;
import dev.genfleet.sampling.Multistep;
import dev.genfleet.sampling.UniPc;

/**
 * UniPC (Zhao et al. 2023), multistep, over predicted pictures: each step first corrects the latents that the step before led to,
 * then predicts the next. History holds the corrected latents of the step before, then the predicted pictures of as many steps
 * before as the order: that of step k in array {@code 1 + k mod order}.
 */
final class UniPcScheduler implements NoiseScheduler {

    private final SigmaSchedule sigmas;
    private final int order;
    private final Reading[] pictures;
    private final UniPcWeights[] predictors;
    private final UniPcWeights[] correctors;
    private final boolean[] corrected;

    UniPcScheduler(SigmaSchedule sigmas, PredictionType prediction, Multistep multistep) {
        this.sigmas = sigmas;
        UniPc choices = multistep.unipc().orElse(UniPc.USUAL);
        order = choices.solverOrder();
        NoiseLevel[] levels = NoiseLevels.of(sigmas, prediction);
        pictures = NoiseLevels.pictures(levels, prediction);
        int n = sigmas.steps();
        predictors = new UniPcWeights[n];
        correctors = new UniPcWeights[n];
        corrected = new boolean[n];
        int previous = 0;
        for (int step = 0; step < n; step++) {
            int most = multistep.lowerOrderFinal().orElse(true) ? Math.min(order, n - step) : order;
            int used = levels[step].bearsHighOrder(levels[step + 1]) ? Math.min(most, step + 1) : 1;
            predictors[step] = UniPcWeights.predictor(choices.solverType(), levels, step, used);
            corrected[step] = step > 0 && !choices.disableCorrector().contains(step - 1);
            correctors[step] = step == 0
                    ? predictors[0] // never used
                    : UniPcWeights.corrector(choices.solverType(), levels, step - 1, previous);
            previous = used;
        }
    }

    @Override
    public int steps() {
        return sigmas.steps();
    }

    @Override
    public float timestep(int step) {
        return sigmas.timestep(step);
    }

    @Override
    public int historyLength() {
        return 1 + order;
    }

    @Override
    public boolean needsNoise(int step) {
        return false;
    }

    @Override
    public void denoised(int step, float[] latents, float[] prediction, float[] out) {
        pictures[step].all(latents, prediction, out);
    }

    @Override
    public void step(int step, float[] latents, float[] prediction, float[] noise, float[][] history) {
        Reading picture = pictures[step];
        UniPcWeights predictor = predictors[step];
        UniPcWeights corrector = correctors[step];
        boolean correct = corrected[step];
        float[] last = history[0];
        float[] first = picture(history, step - 1);
        float[] second = picture(history, step - 2);
        float[] third = picture(history, step - 3);
        float[] kept = picture(history, step);
        for (int i = 0; i < latents.length; i++) {
            float x = latents[i];
            float x0 = picture.of(x, prediction[i]);
            if (correct) {
                x = corrector.latents() * last[i]
                        + sum(corrector.pictures(), first[i], second[i], third[i])
                        + corrector.arrival() * x0;
            }
            float next = predictor.latents() * x + sum(predictor.pictures(), x0, first[i], second[i]);
            last[i] = x;
            kept[i] = x0; // what lay there is of no use any more, and has been read
            latents[i] = next;
        }
    }

    /** Of lower orders several names are of one array, and all but one of their weights 0. */
    private float[] picture(float[][] history, int step) {
        return history[1 + Math.floorMod(step, order)];
    }

    private static float sum(UniPcWeights.PictureWeights weights, float first, float second, float third) {
        return weights.first() * first + weights.second() * second + weights.third() * third;
    }
}
