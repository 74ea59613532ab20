package dev.genfleet.job;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/**
 * Which noise scheduler samples, and how finely.
 *
 * @param scheduler the algorithm
 * @param steps denoising steps, from 1
 * @param eta DDIM's stochasticity (Song et al. 2021, equation 16): 0 is deterministic, 1 has DDPM's variance
 * @param timestepSpacing which training steps are visited; empty means as the model package says
 * @param useKarrasSigmas whether noise levels are spaced as by Karras et al. 2022, equation 5; empty means as the package says
 */
public record SamplerSpec(
        Scheduler scheduler,
        int steps,
        double eta,
        Optional<TimestepSpacing> timestepSpacing,
        Optional<Boolean> useKarrasSigmas) {

    public SamplerSpec {
        Objects.requireNonNull(scheduler, "scheduler");
        if (steps < 1) {
            throw new IllegalArgumentException("num_inference_steps is " + steps + ", but must be at least 1");
        }
        if (!(eta >= 0 && eta <= 1)) {
            throw new IllegalArgumentException("eta is " + eta + ", but must be between 0 and 1");
        }
        timestepSpacing = timestepSpacing == null ? Optional.empty() : timestepSpacing;
        useKarrasSigmas = useKarrasSigmas == null ? Optional.empty() : useKarrasSigmas;
        timestepSpacing.ifPresent(spacing -> spacing.requireSteps(steps));
    }

    /** A sampler spaced as the model package says. */
    public SamplerSpec(Scheduler scheduler, int steps, double eta) {
        this(scheduler, steps, eta, Optional.empty(), Optional.empty());
    }

    /** The noise schedulers that jobs can ask for. */
    public enum Scheduler {
        /** Ho et al. 2020. */
        DDPM,
        /** Song et al. 2021. */
        DDIM,
        /** First-order DPM-Solver++, multistep family (Lu et al. 2022b). */
        DPMPP_1,
        /** Second-order multistep DPM-Solver++. */
        DPMPP_2M,
        /** Second-order multistep SDE-DPM-Solver++. */
        DPMPP_2M_SDE,
        /** Third-order multistep DPM-Solver++. */
        DPMPP_3M,
        /** Euler's method over noise levels (Karras et al. 2022, algorithm 2 without churn). */
        EULER,
        /** Euler's method with ancestral noise. */
        EULER_ANCESTRAL,
        /** Euler's method of flow matching (Lipman et al. 2023; Esser et al. 2024). */
        FLOW_EULER,
        /** Unified predictor-corrector (Zhao et al. 2023). */
        UNIPC;

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
