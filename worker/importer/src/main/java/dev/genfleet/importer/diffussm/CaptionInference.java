package dev.genfleet.importer.diffussm;

import com.fasterxml.jackson.databind.JsonNode;
import dev.genfleet.importer.checkpoint.Checkpoint;
import dev.genfleet.importer.checkpoint.CheckpointException;
import dev.genfleet.importer.family.Conditioned.Encoder;
import dev.genfleet.importer.family.Conditioned.Text;
import java.util.List;

/**
 * What a text-conditioned DiffuSSM takes: the widths of the text encoders from the projections to keys and values. Two widths in
 * turn are CLIP's and T5's, as in GenTron; one that is the pooled vector's is CLIP's, another is T5's.
 */
record CaptionInference(Checkpoint checkpoint, JsonNode config) {

    private static final String FIRST = "blocks.0.cross_attn.kv.weight";
    private static final String SECOND = "blocks.1.cross_attn.kv.weight";
    private static final String POOLED = "pooled_embedder.mlp.0.weight";
    private static final int CLIP_TOKENS = 77;
    private static final int T5_TOKENS = 120;

    static boolean applies(Checkpoint checkpoint) {
        return checkpoint.find(FIRST).isPresent();
    }

    Conditions.Captions captions(int width) throws CheckpointException {
        int pooled = side(POOLED);
        int first = side(FIRST);
        int second = checkpoint.find(SECOND).isPresent() ? side(SECOND) : first;
        return new Conditions.Captions(heads(width), pooled, texts(pooled, first, second));
    }

    private static List<Text> texts(int pooled, int first, int second) {
        if (first != second) {
            return List.of(clip(first), t5(second));
        }
        return List.of(first == pooled ? clip(first) : t5(first));
    }

    private static Text clip(int width) {
        return new Text(Encoder.CLIP, width, CLIP_TOKENS);
    }

    private static Text t5(int width) {
        return new Text(Encoder.T5, width, T5_TOKENS);
    }

    /** Heads leave no trace in shapes; otherwise they are 64 wide, or 72 where the hidden size is 1152, as in DiT. */
    private int heads(int width) throws CheckpointException {
        JsonNode given = config.path(config.has("num_heads") ? "num_heads" : "num_attention_heads");
        if (!given.isMissingNode()) {
            if (!given.isInt() || given.asInt() < 1 || width % given.asInt() != 0) {
                throw new CheckpointException("num_heads in config.json beside " + checkpoint.file() + " is " + given
                        + ", but must divide the hidden size " + width);
            }
            return given.asInt();
        }
        int headWidth = width == 1152 ? 72 : 64;
        if (width % headWidth != 0) {
            throw new CheckpointException("hidden size " + width + " of " + checkpoint.file() + " is no multiple of "
                    + headWidth + ", so a config.json beside it must give num_heads");
        }
        return width / headWidth;
    }

    private int side(String key) throws CheckpointException {
        return DiffussmInference.side(checkpoint, key, 2, 1);
    }
}
