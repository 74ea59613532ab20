package dev.genfleet.engine.shelf;

import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * How much of a device models may take.
 *
 * @param budget bytes that the loaded models may take together; empty for no bound
 * @param pinned names of the models that are loaded at start and stay
 */
public record ModelMemory(Optional<Long> budget, Set<String> pinned) {

    public ModelMemory {
        Objects.requireNonNull(budget, "budget");
        pinned = Set.copyOf(pinned);
        budget.ifPresent(bytes -> {
            if (bytes < 1) {
                throw new IllegalArgumentException("budget is " + bytes + " bytes, but must be at least 1");
            }
        });
    }

    /** No bound, so every model stays once it is loaded. */
    public static ModelMemory unbounded() {
        return new ModelMemory(Optional.empty(), Set.of());
    }

    /** This memory with a bound. */
    public ModelMemory withBudget(long bytes) {
        return new ModelMemory(Optional.of(bytes), pinned);
    }

    /** This memory with these models pinned. */
    public ModelMemory withPinned(Set<String> names) {
        return new ModelMemory(budget, names);
    }
}
