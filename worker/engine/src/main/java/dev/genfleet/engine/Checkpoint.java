package dev.genfleet.engine;

import java.util.List;

/**
 * A generation between two steps: with its spec, all that another worker needs to go on from there to the same bytes. Immutable.
 *
 * @param samples by index
 */
public record Checkpoint(List<SampleState> samples) {

    public Checkpoint {
        samples = List.copyOf(samples);
    }

    /** Steps of the slowest picture that have run. */
    public int step() {
        return samples.stream().mapToInt(SampleState::step).min().orElse(0);
    }
}
