package dev.genfleet.engine;

import java.util.List;
import java.util.Optional;

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

    /** Steps of all pictures together that have run: of two checkpoints of one generation, the later one has more. */
    public long stepsOfAll() {
        return samples.stream().mapToLong(SampleState::step).sum();
    }

    /** Why a generation cannot go on from here, as the end of a sentence; empty when it can. */
    Optional<String> misfit(SamplingPlan plan, int images) {
        if (samples.size() != images) {
            return Optional.of("it has " + samples.size() + " pictures, but the job has " + images);
        }
        return samples.stream().flatMap(sample -> misfit(sample, plan).stream()).findFirst();
    }

    private static Optional<String> misfit(SampleState sample, SamplingPlan plan) {
        int elements = plan.shape().elements();
        int history = plan.scheduler().historyLength();
        if (sample.step() < 0 || sample.step() > plan.steps()) {
            return Optional.of("a picture is at step " + sample.step() + ", but the job has " + plan.steps());
        }
        if (sample.latents().length != elements) {
            return Optional.of("a picture has " + sample.latents().length + " latents, but the job's have " + elements);
        }
        if (sample.history().length != history) {
            return Optional.of(
                    "a picture's history has " + sample.history().length + " arrays, but the sampler keeps " + history);
        }
        for (float[] array : sample.history()) {
            if (array.length != elements) {
                return Optional.of(
                        "an array of the history has " + array.length + " numbers, but the latents are " + elements);
            }
        }
        return sample.finite() ? Optional.empty() : Optional.of("it has numbers that are not finite");
    }
}
