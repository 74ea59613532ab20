package dev.genfleet.job;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;
import java.util.Objects;

/**
 * Which noise scheduler samples, and how finely.
 *
 * @param scheduler the algorithm
 * @param steps denoising steps, from 1
 * @param eta DDIM's stochasticity (Song et al. 2021, equation 16): 0 is deterministic, 1 has DDPM's variance
 */
public record SamplerSpec(Scheduler scheduler, int steps, double eta) {

    public SamplerSpec {
        Objects.requireNonNull(scheduler, "scheduler");
        if (steps < 1) {
            throw new IllegalArgumentException("num_inference_steps is " + steps + ", but must be at least 1");
        }
        if (!(eta >= 0 && eta <= 1)) {
            throw new IllegalArgumentException("eta is " + eta + ", but must be between 0 and 1");
        }
    }

    /** The noise schedulers that jobs can ask for. */
    public enum Scheduler {
        DDPM,
        DDIM;

        /**
         * Reads the lower-case wire form.
         *
         * @throws IllegalArgumentException naming the value and the allowed ones
         */
        @JsonCreator
        public static Scheduler parse(String text) {
            return WireNames.parse("scheduler", values(), Scheduler::wireName, text);
        }

        @JsonValue
        public String wireName() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
