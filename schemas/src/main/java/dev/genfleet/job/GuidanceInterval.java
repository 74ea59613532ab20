package dev.genfleet.job;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.List;

/**
 * The part of the steps that is guided (Kynkäänniemi et al. 2024, "Applying Guidance in a Limited Interval Improves Sample and
 * Distribution Quality in Diffusion Models"); the others take the conditional prediction alone. On the wire {@code [start, stop]}.
 *
 * @param start share of the steps before it, 0 to 1
 * @param stop share of the steps up to its end, {@code start} to 1
 */
public record GuidanceInterval(double start, double stop) {

    /** All steps. */
    public static final GuidanceInterval ALL = new GuidanceInterval(0, 1);

    public GuidanceInterval {
        if (!(start >= 0 && start <= stop && stop <= 1)) {
            throw new IllegalArgumentException("guidance_interval is [" + start + ", " + stop
                    + "], but must be two numbers between 0 and 1, the smaller first");
        }
    }

    /**
     * Reads {@code [start, stop]}.
     *
     * @throws IllegalArgumentException when these are not two numbers between 0 and 1, the smaller first
     */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public static GuidanceInterval of(List<Double> bounds) {
        if (bounds.size() != 2) {
            throw new IllegalArgumentException(
                    "guidance_interval is " + bounds + ", but must be two numbers between 0 and 1, the smaller first");
        }
        return new GuidanceInterval(bounds.get(0), bounds.get(1));
    }

    /** {@code [start, stop]}. */
    @JsonValue
    public List<Double> bounds() {
        return List.of(start, stop);
    }

    /** Whether {@code step} of {@code steps}, counted from 0 in sampling order, is guided. */
    public boolean contains(int step, int steps) {
        return (int) (start * steps) <= step && step < (int) (stop * steps);
    }
}
