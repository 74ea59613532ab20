package dev.genfleet.importer.plain;

import dev.genfleet.importer.text.ClipTextShape;
import dev.genfleet.importer.text.TextTensors;
import java.util.Arrays;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;

/** The forward pass of CLIP's text encoder (Radford et al. 2021, section 2.4; layout of transformers). */
record ClipTextReading(ClipTextShape shape, PlainWeights weights) implements PlainReading {

    private static final String PREFIX = "text_model.";
    private static final int MOST_TOKENS = 20;

    /** Captions of different lengths: after its end the second one is padded with the same token. */
    @Override
    public Map<String, PlainTensor> inputs(long seed) {
        int tokens = Math.min(MOST_TOKENS, shape.positions());
        int end = shape.endOfText().orElse(shape.vocabulary() - 1);
        Map<String, PlainTensor> inputs = new RandomInputs(seed)
                .ids(TextTensors.INPUT_IDS, tokens, shape.vocabulary())
                .inputs();
        double[] ids = inputs.get(TextTensors.INPUT_IDS).values();
        ids[tokens - 1] = end;
        Arrays.fill(ids, tokens + (tokens + 1) / 2, 2 * tokens, end);
        return inputs;
    }

    @Override
    public Map<String, PlainTensor> outputs(Map<String, PlainTensor> inputs) {
        PlainTensor ids = inputs.get(TextTensors.INPUT_IDS);
        int tokens = ids.side(1);
        PlainTensor positions = weights.rows(key("embeddings.position_embedding.weight"), Waves.places(tokens));
        PlainTensor embedded = weights.rows(key("embeddings.token_embedding.weight"), ids.values());
        PlainTensor x = Tokens.placed(embedded.reshaped(-1, tokens, shape.width()), positions);
        PlainTensor before = x;
        for (int i = 0; i < shape.layers(); i++) {
            before = x;
            x = layer(x, key("encoder.layers." + i));
        }
        PlainTensor last = norm(x, key("final_layer_norm"));
        PlainTensor hidden =
                switch (shape.hidden()) {
                    case LAST -> last;
                    case PENULTIMATE -> before;
                    case PENULTIMATE_NORMALISED -> norm(before, key("final_layer_norm"));
                };
        PlainTensor pooled = pooled(last, ids);
        return Map.of(
                TextTensors.HIDDEN_STATES,
                hidden,
                TextTensors.POOLED,
                shape.projection().isPresent() ? weights.unbiased(pooled, "text_projection") : pooled);
    }

    /** Pre-normalised; tokens attend to themselves and those before. */
    private PlainTensor layer(PlainTensor before, String layer) {
        PlainTensor normal = norm(before, layer + ".layer_norm1");
        PlainTensor mixed = PlainAttention.attend(
                weights.linear(normal, layer + ".self_attn.q_proj"),
                weights.linear(normal, layer + ".self_attn.k_proj"),
                weights.linear(normal, layer + ".self_attn.v_proj"),
                shape.heads(),
                (row, head, query, key) -> key > query ? Double.NEGATIVE_INFINITY : 0);
        PlainTensor x = before.plus(weights.linear(mixed, layer + ".self_attn.out_proj"));
        PlainTensor hidden = weights.linear(norm(x, layer + ".layer_norm2"), layer + ".mlp.fc1");
        return x.plus(weights.linear(hidden.map(activation()), layer + ".mlp.fc2"));
    }

    /** The vector at the end of the text: of its first token of that id or, by the older rule, of the largest id. */
    private PlainTensor pooled(PlainTensor last, PlainTensor ids) {
        int tokens = ids.side(1);
        PlainTensor pooled = PlainTensor.zeros(ids.side(0), shape.width());
        for (int row = 0; row < ids.side(0); row++) {
            double[] caption = Arrays.copyOfRange(ids.values(), row * tokens, (row + 1) * tokens);
            double sought = shape.endOfText().isPresent()
                    ? shape.endOfText().getAsInt()
                    : Arrays.stream(caption).max().orElseThrow();
            int place = 0;
            while (place < tokens && caption[place] != sought) {
                place++;
            }
            int from = (row * tokens + place % tokens) * shape.width();
            System.arraycopy(last.values(), from, pooled.values(), row * shape.width(), shape.width());
        }
        return pooled;
    }

    private DoubleUnaryOperator activation() {
        return switch (shape.activation()) {
            case QUICK_GELU -> Activations::quickGelu;
            case GELU -> Activations::gelu;
            case GELU_TANH -> Activations::geluTanh;
        };
    }

    private PlainTensor norm(PlainTensor x, String key) {
        return Norms.layer(x, shape.epsilon(), weights, key);
    }

    private String key(String name) {
        return weights.has(PREFIX + "embeddings.token_embedding.weight") ? PREFIX + name : name;
    }
}
