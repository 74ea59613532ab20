package dev.genfleet.engine.guidance;

import java.util.List;

/**
 * Classifier-free guidance (Ho and Salimans 2022, "Classifier-Free Diffusion Guidance", equation 6):
 * {@code ε = ε(∅) + scale · (ε(c) − ε(∅))} on the first channels; all others, learned variance included, stay the conditional
 * branch's. The official DiT guides three of its four channels.
 *
 * @param away the branch of ∅
 * @param scale guidance scale
 * @param channels how many channels, from the first, are guided
 */
record ClassifierFreeGuidance(Branch away, float scale, int channels) implements Guidance {

    private static final List<Branch> FROM_UNCONDITIONAL = List.of(Branch.CONDITIONAL, Branch.UNCONDITIONAL);
    private static final List<Branch> FROM_MOTION_FREE = List.of(Branch.CONDITIONAL, Branch.MOTION_FREE);

    ClassifierFreeGuidance {
        if (away == Branch.CONDITIONAL) {
            throw new IllegalArgumentException("guidance leads away from " + away + ", but must lead to it");
        }
    }

    /** One of two lists, because it is asked for at every step. */
    @Override
    public List<Branch> branches() {
        return away == Branch.MOTION_FREE ? FROM_MOTION_FREE : FROM_UNCONDITIONAL;
    }

    @Override
    public void combine(float[][] predictions, int cells) {
        float[] conditional = predictions[0];
        float[] unconditional = predictions[1];
        for (int i = 0; i < channels * cells; i++) {
            conditional[i] = unconditional[i] + scale * (conditional[i] - unconditional[i]);
        }
    }
}
