package dev.genfleet.importer.text;

import com.fasterxml.jackson.databind.JsonNode;
import dev.genfleet.importer.checkpoint.Checkpoint;
import dev.genfleet.importer.checkpoint.CheckpointException;
import dev.genfleet.importer.text.T5Shape.FeedForward;
import java.util.List;
import java.util.regex.Pattern;

/** Dimensions of a T5 encoder from the shapes of its tensors; {@code config.json} only says what leaves no trace there. */
record T5Inference(Checkpoint checkpoint, JsonNode config) {

    static final String TOKENS = "shared.weight";
    static final String TIED_TOKENS = "encoder.embed_tokens.weight";
    static final String QUERY = "encoder.block.0.layer.0.SelfAttention.q.weight";

    private static final String BIAS = "encoder.block.0.layer.0.SelfAttention.relative_attention_bias.weight";
    private static final String MLP = "encoder.block.0.layer.1.DenseReluDense.";
    private static final Pattern BLOCK = Pattern.compile("encoder\\.block\\.(\\d{1,4})\\..*");

    static boolean claims(Checkpoint checkpoint) {
        return checkpoint.find(QUERY).isPresent();
    }

    T5Shape shape() throws CheckpointException {
        EncoderReading reading = new EncoderReading(checkpoint, config);
        String tokens = checkpoint.find(TOKENS).isPresent() ? TOKENS : TIED_TOKENS;
        checkTied();
        int inner = reading.side(QUERY, 0);
        int heads = reading.side(BIAS, 1);
        if (inner % heads != 0) {
            throw new CheckpointException(QUERY + " of " + checkpoint.file() + " has " + inner
                    + " rows, but must have a multiple of the " + heads + " heads of " + BIAS);
        }
        FeedForward feedForward = feedForward();
        return new T5Shape(
                reading.side(tokens, 0),
                reading.side(tokens, 1),
                reading.layers(BLOCK),
                heads,
                inner / heads,
                reading.side(MLP + (feedForward == FeedForward.RELU ? "wi.weight" : "wi_0.weight"), 0),
                feedForward,
                reading.epsilon("layer_norm_epsilon", 1e-6f),
                positions(reading));
    }

    private void checkTied() throws CheckpointException {
        if (checkpoint.find(TOKENS).isPresent() && checkpoint.find(TIED_TOKENS).isPresent()) {
            List<Long> shared = checkpoint.find(TOKENS).get().shape();
            List<Long> own = checkpoint.find(TIED_TOKENS).get().shape();
            if (!shared.equals(own)) {
                throw new CheckpointException(TIED_TOKENS + " of " + checkpoint.file() + " has shape " + own
                        + ", but must be the same table as " + TOKENS + ", which has " + shared);
            }
        }
    }

    /** {@code feed_forward_proj} must not contradict the keys. */
    private FeedForward feedForward() throws CheckpointException {
        FeedForward stored =
                checkpoint.find(MLP + "wi_0.weight").isPresent() ? FeedForward.GATED_GELU : FeedForward.RELU;
        String allowed = stored == FeedForward.RELU ? "relu" : "gated-gelu";
        if (config.hasNonNull("feed_forward_proj")
                && !config.get("feed_forward_proj").asText().equals(allowed)) {
            throw new EncoderReading(checkpoint, config)
                    .wrong("feed_forward_proj", allowed + ", the form that the keys are of");
        }
        return stored;
    }

    private static RelativePositions positions(EncoderReading reading) throws CheckpointException {
        int buckets = reading.side(BIAS, 0);
        int farthest = reading.natural("relative_attention_max_distance", 128);
        try {
            return new RelativePositions(buckets, farthest);
        } catch (IllegalArgumentException e) {
            throw new CheckpointException(
                    BIAS + " of " + reading.checkpoint().file() + " cannot be used: " + e.getMessage(), e);
        }
    }
}
