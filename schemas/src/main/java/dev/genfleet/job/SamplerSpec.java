package dev.genfleet.job;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;

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
            for (Scheduler scheduler : values()) {
                if (scheduler.wireName().equals(text)) {
                    return scheduler;
                }
            }
            String allowed = Arrays.stream(values()).map(Scheduler::wireName).collect(Collectors.joining(", "));
            throw new IllegalArgumentException("scheduler is '" + text + "', but must be one of " + allowed);
        }

        @JsonValue
        public String wireName() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
