package dev.genfleet.local;

import java.util.List;
import java.util.Map;

/**
 * How a local stack is started.
 *
 * @param lifetime whether its parts end with this program
 * @param workers number of worker processes
 * @param environment variables for the gateway and the workers, stronger than the stack's own
 * @param samples the sample models that are put beside the models that are there
 */
public record StackSettings(
        Lifetime lifetime, int workers, Map<String, String> environment, List<SampleModel> samples) {

    public StackSettings {
        if (workers < 0 || workers > 16) {
            throw new IllegalArgumentException("workers is " + workers + ", but must be 0 to 16");
        }
        environment = Map.copyOf(environment);
        samples = List.copyOf(samples);
    }

    /** With all sample models. */
    public StackSettings(Lifetime lifetime, int workers, Map<String, String> environment) {
        this(lifetime, workers, environment, SampleModel.all());
    }

    /** One worker and all sample models, parts as {@code lifetime} says. */
    public static StackSettings of(Lifetime lifetime) {
        return new StackSettings(lifetime, 1, Map.of());
    }

    /** These settings with no other sample models than these: each costs an import and a worker's memory. */
    public StackSettings withSamples(List<SampleModel> only) {
        return new StackSettings(lifetime, workers, environment, only);
    }

    /** When the parts end. */
    public enum Lifetime {
        /** With this program, however it ends. */
        WITH_THIS_PROGRAM,
        /** When somebody stops them. */
        UNTIL_STOPPED
    }
}
