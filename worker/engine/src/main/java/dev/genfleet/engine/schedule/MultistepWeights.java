package dev.genfleet.engine.schedule;

/**
 * One step of a multistep solver, which is a sum: of the latents, of the predicted pictures x₀ of this step and of the two before,
 * and of noise. Computed in float64, used in float32.
 *
 * @param latents weight of the latents
 * @param current weight of this step's x₀
 * @param previous weight of the x₀ of the step before
 * @param beforePrevious weight of the x₀ of the step before that
 * @param noise weight of standard normal numbers
 */
record MultistepWeights(float latents, float current, float previous, float beforePrevious, float noise) {

    static MultistepWeights of(double latents, double current, double previous, double beforePrevious, double noise) {
        return new MultistepWeights(
                (float) latents, (float) current, (float) previous, (float) beforePrevious, (float) noise);
    }
}
