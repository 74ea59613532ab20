package dev.genfleet.importer.family;

import com.fasterxml.jackson.databind.JsonNode;
import dev.genfleet.importer.checkpoint.Checkpoint;
import dev.genfleet.importer.checkpoint.CheckpointException;

/** Recognises the checkpoints of one family of denoisers. Stateless. */
public interface DenoiserFamily {

    /** The family in lower case, such as {@code dit}. */
    String name();

    /** Whether the checkpoint's keys, and where they leave it open its configuration, are this family's. */
    boolean claims(Checkpoint checkpoint, JsonNode config);

    /**
     * Reads the dimensions off the tensors' shapes and the configuration.
     *
     * @param config {@code config.json} beside the checkpoint, or a missing node
     * @throws CheckpointException when they do not fit together; one sentence says what was expected
     */
    DenoiserArchitecture read(Checkpoint checkpoint, JsonNode config) throws CheckpointException;
}
