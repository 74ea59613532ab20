package dev.genfleet.local;

import java.util.Map;

/**
 * How a local stack is started.
 *
 * @param lifetime whether its parts end with this program
 * @param workers number of worker processes
 * @param environment variables for the gateway and the workers, stronger than the stack's own
 */
public record StackSettings(Lifetime lifetime, int workers, Map<String, String> environment) {

    public StackSettings {
        if (workers < 0 || workers > 16) {
            throw new IllegalArgumentException("workers is " + workers + ", but must be 0 to 16");
        }
        environment = Map.copyOf(environment);
    }

    /** One worker, parts as {@code lifetime} says. */
    public static StackSettings of(Lifetime lifetime) {
        return new StackSettings(lifetime, 1, Map.of());
    }

    /** When the parts end. */
    public enum Lifetime {
        /** With this program, however it ends. */
        WITH_THIS_PROGRAM,
        /** When somebody stops them. */
        UNTIL_STOPPED
    }
}
