package dev.genfleet.importer.text;

import com.fasterxml.jackson.databind.JsonNode;
import dev.genfleet.importer.checkpoint.Checkpoint;
import dev.genfleet.importer.checkpoint.CheckpointException;
import dev.genfleet.importer.text.ClipTextShape.Activation;
import dev.genfleet.importer.text.ClipTextShape.Hidden;
import java.util.Map;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/**
 * Dimensions of a CLIP text encoder from the shapes of its tensors. Heads, activation and end of text leave no trace there: they
 * come from {@code config.json}, or from the published sizes.
 */
record ClipTextInference(Checkpoint checkpoint, JsonNode config) {

    static final String TOKENS = "embeddings.token_embedding.weight";
    static final String POSITIONS = "embeddings.position_embedding.weight";

    private static final String PREFIX = "text_model.";
    private static final String PROJECTION = "text_projection.weight";
    private static final Pattern LAYER = Pattern.compile("(?:text_model\\.)?encoder\\.layers\\.(\\d{1,4})\\..*");
    private static final int HEAD_WIDTH = 64;
    private static final int MOST_POSITIONS = 1024; // the graph holds a score for each pair

    /** {@code eos_token_id} of configurations from before the id was right: the largest id of a caption was taken instead. */
    private static final int NO_END_OF_TEXT = 2;

    private static final Map<String, Activation> ACTIVATIONS = Map.of(
            "quick_gelu", Activation.QUICK_GELU,
            "gelu", Activation.GELU,
            "gelu_new", Activation.GELU_TANH,
            "gelu_pytorch_tanh", Activation.GELU_TANH);

    /** Activations of the published sizes, by hidden size: OpenAI's ViT-L/14, OpenCLIP's ViT-H/14 and ViT-bigG/14. */
    private static final Map<Integer, Activation> USUAL =
            Map.of(768, Activation.QUICK_GELU, 1024, Activation.GELU, 1280, Activation.GELU);

    static boolean claims(Checkpoint checkpoint) {
        return checkpoint.find(TOKENS).isPresent()
                || checkpoint.find(PREFIX + TOKENS).isPresent();
    }

    ClipTextShape shape() throws CheckpointException {
        String prefix = checkpoint.find(PREFIX + TOKENS).isPresent() ? PREFIX : "";
        EncoderReading reading =
                new EncoderReading(checkpoint, config.has("text_config") ? config.get("text_config") : config);
        int width = reading.side(prefix + TOKENS, 1);
        return new ClipTextShape(
                reading.side(prefix + TOKENS, 0),
                positions(reading, prefix + POSITIONS),
                width,
                reading.layers(LAYER),
                heads(reading, width),
                reading.side(prefix + "encoder.layers.0.mlp.fc1.weight", 0),
                activation(reading, width),
                reading.epsilon("layer_norm_eps", 1e-5f),
                endOfText(reading),
                projected() ? OptionalInt.of(reading.side(PROJECTION, 0)) : OptionalInt.empty(),
                Hidden.LAST);
    }

    private static int positions(EncoderReading reading, String key) throws CheckpointException {
        int positions = reading.side(key, 0);
        if (positions > MOST_POSITIONS) {
            throw new CheckpointException(key + " of " + reading.checkpoint().file() + " has " + positions
                    + " rows, but at most " + MOST_POSITIONS + " are possible");
        }
        return positions;
    }

    private static int heads(EncoderReading reading, int width) throws CheckpointException {
        int heads = reading.natural("num_attention_heads", Math.max(1, width / HEAD_WIDTH));
        if (width % heads != 0) {
            throw new CheckpointException("num_attention_heads in config.json beside "
                    + reading.checkpoint().file() + " is "
                    + (reading.config().hasNonNull("num_attention_heads") ? heads : "missing")
                    + ", but must be there and divide the hidden size " + width);
        }
        return heads;
    }

    private static Activation activation(EncoderReading reading, int width) throws CheckpointException {
        JsonNode given = reading.config().path("hidden_act");
        Activation activation = given.isMissingNode() ? USUAL.get(width) : ACTIVATIONS.get(given.asText());
        if (activation == null) {
            throw new CheckpointException("hidden_act in config.json beside "
                    + reading.checkpoint().file() + " is " + (given.isMissingNode() ? "missing" : given)
                    + ", but must be quick_gelu, gelu, gelu_new or gelu_pytorch_tanh");
        }
        return activation;
    }

    private static OptionalInt endOfText(EncoderReading reading) throws CheckpointException {
        int id = reading.natural("eos_token_id", NO_END_OF_TEXT);
        return id == NO_END_OF_TEXT ? OptionalInt.empty() : OptionalInt.of(id);
    }

    /** A file with a projection projects unless its configuration names a model that holds one beside the text encoder. */
    private boolean projected() {
        JsonNode architectures = config.path("architectures");
        return checkpoint.find(PROJECTION).isPresent()
                && (architectures.isEmpty()
                        || "CLIPTextModelWithProjection"
                                .equals(architectures.path(0).asText()));
    }
}
