package dev.genfleet.engine.guidance;

import dev.genfleet.job.GuidanceSpec;
import java.util.List;

/** How the predictions of a sample's branches become one. */
public sealed interface Guidance permits Unguided, ClassifierFreeGuidance, MotionFreeGuidance, RescaledGuidance {

    /** Channels that the official DiT guides. */
    int OFFICIAL_CHANNELS = 3;

    /** The branches to predict, one row each, in the order that {@link #combine} takes them. */
    List<Branch> branches();

    /**
     * Combines the rows' predictions.
     *
     * @param predictions one per branch, {@code [channels, height, width]} or {@code [channels, frames, height, width]} flat; the
     *     first is overwritten with the result
     * @param cells numbers in one channel
     */
    void combine(float[][] predictions, int cells);

    /** The conditional prediction alone. */
    static Guidance none() {
        return Unguided.ONLY;
    }

    /** Whether some row is conditioned on the null class or text. */
    default boolean needsUnconditional() {
        return branches().size() > 1;
    }

    /**
     * The guidance that a job asks for at its guided steps. Kind none and scale 1 both need the conditional row only, which leaves
     * nothing to rescale.
     *
     * @param latentChannels channels of the latents; learned variance channels beyond them stay the conditional branch's
     */
    static Guidance of(GuidanceSpec spec, int latentChannels) {
        int channels = spec.kind() == GuidanceSpec.Kind.CFG_THREE_CHANNEL
                ? Math.min(OFFICIAL_CHANNELS, latentChannels)
                : latentChannels;
        Guidance plain = plain(spec, channels);
        double rescale = spec.rescale().orElse(0.0);
        return rescale == 0 || !plain.needsUnconditional() ? plain : new RescaledGuidance(plain, rescale, channels);
    }

    private static Guidance plain(GuidanceSpec spec, int channels) {
        return switch (spec.kind()) {
            case MOTION_FREE -> MotionFreeGuidance.of(spec, channels);
            case NONE -> none();
            case CFG, CFG_THREE_CHANNEL ->
                spec.scale() == 1
                        ? none()
                        : new ClassifierFreeGuidance(Branch.UNCONDITIONAL, (float) spec.scale(), channels);
        };
    }
}
