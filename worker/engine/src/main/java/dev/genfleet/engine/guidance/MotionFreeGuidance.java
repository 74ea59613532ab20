package dev.genfleet.engine.guidance;

import dev.genfleet.job.GuidanceSpec;
import java.util.List;

/**
 * Motion-free guidance (GenTron, Chen et al. 2023, "GenTron: Diffusion Transformers for Image and Video Generation", section 3.4):
 * {@code ε = ε(∅,∅) + λT · (ε(cT,cM) − ε(∅,cM)) + λM · (ε(∅,cM) − ε(∅,∅))}, whose arguments are the text and the motion. A negative
 * prompt takes the place of the empty text. Learned variance stays the conditional branch's.
 *
 * @param textScale λT
 * @param motionScale λM
 * @param channels how many channels, from the first, are guided
 */
record MotionFreeGuidance(float textScale, float motionScale, int channels) implements Guidance {

    private static final List<Branch> BRANCHES = List.of(Branch.CONDITIONAL, Branch.UNCONDITIONAL, Branch.MOTION_FREE);

    /**
     * The guidance with as few rows as the scales allow. The sum holds ε(cT,cM) λT times, ε(∅,cM) λM − λT times and ε(∅,∅)
     * 1 − λM times: so at λM = 1 it is plain guidance between rows with motion, at λM = λT plain guidance away from the
     * motion-free row, and at λM = λT = 1 the conditional prediction. The conditional row always stays, for its variance.
     */
    static Guidance of(GuidanceSpec spec, int channels) {
        float textScale = (float) spec.scale();
        float motionScale = spec.motionScale().orElseThrow().floatValue();
        if (motionScale == 1) {
            return textScale == 1
                    ? Guidance.none()
                    : new ClassifierFreeGuidance(Branch.UNCONDITIONAL, textScale, channels);
        }
        return motionScale == textScale
                ? new ClassifierFreeGuidance(Branch.MOTION_FREE, textScale, channels)
                : new MotionFreeGuidance(textScale, motionScale, channels);
    }

    @Override
    public List<Branch> branches() {
        return BRANCHES;
    }

    @Override
    public void combine(float[][] predictions, int cells) {
        float[] conditional = predictions[0];
        float[] unconditional = predictions[1];
        float[] motionFree = predictions[2];
        for (int i = 0; i < channels * cells; i++) {
            conditional[i] = motionFree[i]
                    + textScale * (conditional[i] - unconditional[i])
                    + motionScale * (unconditional[i] - motionFree[i]);
        }
    }
}
