package dev.genfleet.job;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;
import java.util.Objects;

/**
 * How conditional and unconditional predictions are combined.
 *
 * @param kind which rows are computed and which channels are guided
 * @param scale guidance scale; 1 means the conditional prediction alone
 */
public record GuidanceSpec(Kind kind, double scale) {

    public GuidanceSpec {
        Objects.requireNonNull(kind, "guidance kind");
        if (!Double.isFinite(scale) || scale < 0) {
            throw new IllegalArgumentException("guidance_scale is " + scale + ", but must be a finite number from 0");
        }
    }

    /** The forms of guidance. */
    public enum Kind {
        /** The conditional prediction alone. */
        NONE,
        /** Classifier-free guidance on all channels (Ho and Salimans 2022, equation 6). */
        CFG,
        /** Classifier-free guidance on the first three latent channels only, as the official DiT samples. */
        CFG_THREE_CHANNEL;

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
