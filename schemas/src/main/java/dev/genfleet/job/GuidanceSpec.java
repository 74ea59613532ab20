package dev.genfleet.job;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/**
 * How conditional and unconditional predictions are combined.
 *
 * @param kind which rows are computed and which channels are guided
 * @param scale guidance scale; 1 means the conditional prediction alone
 * @param motionScale scale of what motion adds, of motion-free guidance only
 * @param rescale how far the guided prediction is brought back to the conditional one's deviation (Lin et al. 2024, equation 16), 0 to
 *     1; empty means not at all
 * @param interval the steps that are guided; empty means all
 */
public record GuidanceSpec(
        Kind kind,
        double scale,
        Optional<Double> motionScale,
        Optional<Double> rescale,
        Optional<GuidanceInterval> interval) {

    public GuidanceSpec {
        Objects.requireNonNull(kind, "guidance kind");
        if (!Double.isFinite(scale) || scale < 0) {
            throw new IllegalArgumentException("guidance_scale is " + scale + ", but must be a finite number from 0");
        }
        motionScale = motionScale == null ? Optional.empty() : motionScale;
        if (motionScale.isPresent() != (kind == Kind.MOTION_FREE)) {
            throw new IllegalArgumentException("motion_guidance_scale is "
                    + motionScale.map(String::valueOf).orElse("missing") + ", but goes with motion_free guidance only,"
                    + " and the guidance is " + kind.wireName());
        }
        if (motionScale.filter(given -> !Double.isFinite(given) || given < 0).isPresent()) {
            throw new IllegalArgumentException(
                    "motion_guidance_scale is " + motionScale.get() + ", but must be a finite number from 0");
        }
        rescale = rescale == null ? Optional.empty() : rescale;
        if (rescale.filter(given -> !(given >= 0 && given <= 1)).isPresent()) {
            throw new IllegalArgumentException(
                    "guidance_rescale is " + rescale.get() + ", but must be between 0 and 1");
        }
        interval = interval == null ? Optional.empty() : interval;
    }

    /** Guidance of every step, without a scale of motion and not rescaled. */
    public GuidanceSpec(Kind kind, double scale) {
        this(kind, scale, Optional.empty(), Optional.empty(), Optional.empty());
    }

    /** Motion-free guidance. */
    public static GuidanceSpec motionFree(double scale, double motionScale) {
        return new GuidanceSpec(Kind.MOTION_FREE, scale, Optional.of(motionScale), Optional.empty(), Optional.empty());
    }

    /** The forms of guidance. */
    public enum Kind {
        /** The conditional prediction alone. */
        NONE,
        /** Classifier-free guidance on all channels (Ho and Salimans 2022, equation 6). */
        CFG,
        /** Classifier-free guidance on the first three latent channels only, as the official DiT samples. */
        CFG_THREE_CHANNEL,
        /**
         * Motion-free guidance on all channels (GenTron, Chen et al. 2023): the caption and the motion between frames have a
         * scale each.
         */
        MOTION_FREE;

        /**
         * Reads the lower-case wire form.
         *
         * @throws IllegalArgumentException naming the value and the allowed ones
         */
        @JsonCreator
        public static Kind parse(String text) {
            return WireNames.parse("guidance", values(), Kind::wireName, text);
        }

        @JsonValue
        public String wireName() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
