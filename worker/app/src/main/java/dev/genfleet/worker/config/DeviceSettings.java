package dev.genfleet.worker.config;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Where a worker runs which models. What is said of one device holds for each.
 *
 * @param devices {@code cpu} or {@code cuda:N} each; {@code GENFLEET_DEVICE}
 * @param threads threads of the denoiser on a processor, empty for a fair share of the cores; {@code GENFLEET_THREADS}
 * @param modelMemory bytes that the models on one device may take, empty for what suits the device; {@code
 *     GENFLEET_MODEL_MEMORY_MB}
 * @param pinned names of the models that are loaded at start and stay; {@code GENFLEET_PINNED_MODELS}
 */
public record DeviceSettings(
        List<String> devices, Optional<Integer> threads, Optional<Long> modelMemory, Set<String> pinned) {

    private static final int BYTES_OF_MEGABYTE_LOG2 = 20;

    public DeviceSettings {
        devices = List.copyOf(devices);
        Objects.requireNonNull(threads, "threads");
        Objects.requireNonNull(modelMemory, "modelMemory");
        pinned = Set.copyOf(pinned);
    }

    static DeviceSettings read(Environment env) {
        return new DeviceSettings(
                env.optional(
                        "GENFLEET_DEVICE",
                        Forms::devices,
                        "cpu or cuda:N, or several of them separated by commas, no GPU twice",
                        List.of("cpu")),
                env.optional(
                        "GENFLEET_THREADS",
                        Forms.number(1, 1024).andThen(Optional::of),
                        "a number from 1 to 1024",
                        Optional.empty()),
                env.optional(
                        "GENFLEET_MODEL_MEMORY_MB",
                        Forms.number(1, 16_777_216)
                                .andThen(megabytes -> Optional.of((long) megabytes << BYTES_OF_MEGABYTE_LOG2)),
                        "a number of megabytes from 1 to 16777216",
                        Optional.empty()),
                Set.copyOf(env.optional(
                        "GENFLEET_PINNED_MODELS", Forms::names, "names of models, separated by commas", List.of())));
    }

    /** The devices as they were given. */
    @Override
    public String toString() {
        return String.join(",", devices);
    }
}
