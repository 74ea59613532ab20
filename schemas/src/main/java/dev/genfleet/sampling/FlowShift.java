package dev.genfleet.sampling;

import java.util.Optional;

/**
 * How far the noise levels of flow matching are shifted towards noise: {@code s·σ / (1 + (s − 1)·σ)} (Esser et al. 2024, "Scaling
 * Rectified Flow Transformers", equation 23).
 *
 * @param shift s, where it does not depend on the picture's size
 * @param dynamic how s depends on the picture's size; empty means that it does not
 */
public record FlowShift(double shift, Optional<Dynamic> dynamic) {

    /** Not shifted. */
    public static final FlowShift NONE = new FlowShift(1, Optional.empty());

    public FlowShift {
        dynamic = Sampling.orEmpty(dynamic);
        if (!(shift > 0) || Double.isInfinite(shift)) {
            throw new IllegalArgumentException("sampling.flow_shift.shift is " + shift + ", but must be positive");
        }
    }

    /** s for latents of {@code height · width} cells. */
    public double of(int height, int width) {
        return dynamic.map(known -> known.shift(height, width)).orElse(shift);
    }

    /**
     * s = exp(μ), with μ on the straight line through two sequence lengths.
     *
     * @param baseShift μ at {@code baseImageSeqLen}
     * @param maxShift μ at {@code maxImageSeqLen}
     * @param baseImageSeqLen tokens
     * @param maxImageSeqLen tokens
     * @param patchSize latent cells along each side of a token
     */
    public record Dynamic(double baseShift, double maxShift, int baseImageSeqLen, int maxImageSeqLen, int patchSize) {

        public Dynamic {
            if (baseImageSeqLen < 1 || maxImageSeqLen <= baseImageSeqLen || patchSize < 1) {
                throw new IllegalArgumentException("sampling.flow_shift.dynamic has base_image_seq_len "
                        + baseImageSeqLen + ", max_image_seq_len " + maxImageSeqLen + " and patch_size " + patchSize
                        + ", but needs 1 <= base_image_seq_len < max_image_seq_len and 1 <= patch_size");
            }
        }

        double shift(int height, int width) {
            double slope = (maxShift - baseShift) / (maxImageSeqLen - baseImageSeqLen);
            int tokens = (height / patchSize) * (width / patchSize);
            return StrictMath.exp(baseShift + slope * (tokens - baseImageSeqLen));
        }
    }
}
