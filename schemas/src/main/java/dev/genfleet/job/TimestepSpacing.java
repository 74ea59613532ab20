package dev.genfleet.job;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Which training steps a sampler visits. The first three kinds are diffusers' {@code timestep_spacing}, the others the respacing of
 * the official diffusion code (Nichol and Dhariwal 2021, section 4).
 *
 * @param kind the rule
 * @param sections steps of each equal section of the training steps, of kind {@link Kind#SECTIONS} only
 */
public record TimestepSpacing(Kind kind, List<Integer> sections) {

    public TimestepSpacing {
        Objects.requireNonNull(kind, "kind");
        sections = List.copyOf(sections);
        if ((kind == Kind.SECTIONS) == sections.isEmpty() || sections.stream().anyMatch(steps -> steps < 1)) {
            throw new IllegalArgumentException("timestep_spacing has sections " + sections + ", but kind "
                    + kind.wireName() + " needs " + (kind == Kind.SECTIONS ? "counts from 1" : "none"));
        }
    }

    /** The rules. */
    public enum Kind {
        /** Whole strides upwards from 0 (Lin et al. 2024, table 2). */
        LEADING,
        /** Evenly from the first to the last step (Lin et al. 2024, table 2). */
        LINSPACE,
        /** Whole strides downwards from the last step (Lin et al. 2024, table 2). */
        TRAILING,
        /** The official {@code "n"}: n steps from the first to the last. */
        OFFICIAL,
        /** The official {@code "ddimN"}: N steps with a whole stride from 0, which must exist. */
        DDIM,
        /** The official {@code "a,b,c"}: equal sections with a, b, c steps each. */
        SECTIONS;

        String wireName() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** A rule without sections. */
    public static TimestepSpacing of(Kind kind) {
        return new TimestepSpacing(kind, List.of());
    }

    /**
     * Reads {@code leading}, {@code linspace}, {@code trailing}, {@code official}, {@code ddim} or counts such as {@code 10,20,30}.
     *
     * @throws IllegalArgumentException naming the text and what is allowed
     */
    @JsonCreator
    public static TimestepSpacing parse(String text) {
        for (Kind kind : Kind.values()) {
            if (kind != Kind.SECTIONS && kind.wireName().equals(text)) {
                return of(kind);
            }
        }
        if (text.length() > 256 || !text.matches("[1-9][0-9]{0,4}(,[1-9][0-9]{0,4})*")) {
            throw new IllegalArgumentException("timestep_spacing is '" + text
                    + "', but must be one of leading, linspace, trailing, official, ddim, or counts such as 10,20,30");
        }
        return new TimestepSpacing(
                Kind.SECTIONS,
                Arrays.stream(text.split(",", -1)).map(Integer::valueOf).toList());
    }

    /** How many steps it makes, where it says so itself: of {@link Kind#SECTIONS}. */
    public Optional<Integer> steps() {
        return sections.stream().reduce(Integer::sum);
    }

    /**
     * Checks that it gives that many steps.
     *
     * @throws IllegalArgumentException when its sections say otherwise
     */
    void requireSteps(int steps) {
        Optional<Integer> made = steps();
        if (made.isPresent() && made.get() != steps) {
            throw new IllegalArgumentException("timestep_spacing is '" + this + "', which makes " + made.get()
                    + " steps, but num_inference_steps is " + steps);
        }
    }

    /** The form that {@link #parse} reads. */
    @JsonValue
    @Override
    public String toString() {
        return kind == Kind.SECTIONS
                ? sections.stream().map(String::valueOf).collect(Collectors.joining(","))
                : kind.wireName();
    }
}
