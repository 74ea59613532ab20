package dev.genfleet.importer.text;

import com.fasterxml.jackson.databind.JsonNode;
import dev.genfleet.importer.checkpoint.Checkpoint;
import dev.genfleet.importer.checkpoint.CheckpointException;

/** Recognises the checkpoints of text encoders. */
public final class TextEncoders {

    private TextEncoders() {}

    /** Whether the checkpoint's keys are those of a text encoder. */
    public static boolean claims(Checkpoint checkpoint) {
        return ClipTextInference.claims(checkpoint) || T5Inference.claims(checkpoint);
    }

    /**
     * Reads the dimensions off the tensors' shapes and the configuration.
     *
     * @param config {@code config.json} beside the checkpoint, or a missing node
     * @throws CheckpointException when the keys are neither's, or dimensions do not fit together; one sentence says what was
     *     expected
     */
    public static TextEncoderArchitecture read(Checkpoint checkpoint, JsonNode config) throws CheckpointException {
        if (ClipTextInference.claims(checkpoint)) {
            return new ClipTextArchitecture(new ClipTextInference(checkpoint, config).shape());
        }
        if (T5Inference.claims(checkpoint)) {
            return new T5Architecture(new T5Inference(checkpoint, config).shape());
        }
        throw new CheckpointException(checkpoint.file() + " is no text encoder that is known: it has neither "
                + ClipTextInference.TOKENS + ", as CLIP text encoders do, nor " + T5Inference.QUERY
                + ", as T5 encoders do");
    }
}
