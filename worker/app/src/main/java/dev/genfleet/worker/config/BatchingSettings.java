package dev.genfleet.worker.config;

import dev.genfleet.engine.RowChoice;
import java.util.Objects;
import java.util.Optional;

/**
 * How jobs share the forwards, the decodes and the working memory of a device.
 *
 * @param maxRows most rows of one forward; {@code GENFLEET_MAX_ROWS}
 * @param rows whether forwards have the fewest rows that measure well or as many as fit; {@code GENFLEET_ROWS}
 * @param workingMemory bytes for latents, captions and forwards' buffers of each device, empty for its share of a quarter of the heap; {@code GENFLEET_WORKING_MEMORY_MB}
 * @param decodeBatch most pictures or frames of one decode, empty for what is fastest on the device; {@code GENFLEET_DECODE_BATCH}
 */
public record BatchingSettings(
        int maxRows, RowChoice rows, Optional<Long> workingMemory, Optional<Integer> decodeBatch) {

    private static final int BYTES_OF_MEGABYTE_LOG2 = 20;

    public BatchingSettings {
        Objects.requireNonNull(rows, "rows");
        Objects.requireNonNull(workingMemory, "workingMemory");
        Objects.requireNonNull(decodeBatch, "decodeBatch");
    }

    static BatchingSettings read(Environment env) {
        return new BatchingSettings(
                env.optional("GENFLEET_MAX_ROWS", Forms.number(2, 4096), "a number from 2 to 4096", 16),
                env.optional("GENFLEET_ROWS", Forms::rows, "measured or full", RowChoice.MEASURED),
                env.optional(
                        "GENFLEET_WORKING_MEMORY_MB",
                        Forms.number(1, 1_048_576)
                                .andThen(megabytes -> Optional.of((long) megabytes << BYTES_OF_MEGABYTE_LOG2)),
                        "a number from 1 to 1048576",
                        Optional.empty()),
                env.optional(
                        "GENFLEET_DECODE_BATCH",
                        Forms.number(1, 256).andThen(Optional::of),
                        "a number from 1 to 256",
                        Optional.empty()));
    }
}
