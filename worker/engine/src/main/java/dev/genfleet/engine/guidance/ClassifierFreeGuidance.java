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

    @Override
    public List<Branch> branches() {
        return List.of(Branch.CONDITIONAL, away);
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
