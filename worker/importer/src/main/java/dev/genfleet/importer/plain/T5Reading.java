package dev.genfleet.importer.plain;

import dev.genfleet.importer.text.T5Shape;
import dev.genfleet.importer.text.TextTensors;
import java.util.Map;

/**
 * The forward pass of T5's encoder (Raffel et al. 2020, section 2.1; layout of transformers): no biases, scores that are not scaled,
 * one table of biases by distance, which block 0 holds for all.
 */
record T5Reading(T5Shape shape, PlainWeights weights) implements PlainReading {

    private static final int TOKENS = 13;
    private static final String DISTANCES = "encoder.block.0.layer.0.SelfAttention.relative_attention_bias.weight";

    @Override
    public Map<String, PlainTensor> inputs(long seed) {
        return new RandomInputs(seed)
                .ids(TextTensors.INPUT_IDS, TOKENS, shape.vocabulary())
                .mask(TextTensors.ATTENTION_MASK, TOKENS)
                .inputs();
    }

    @Override
    public Map<String, PlainTensor> outputs(Map<String, PlainTensor> inputs) {
        PlainTensor ids = inputs.get(TextTensors.INPUT_IDS);
        PlainTensor mask = inputs.get(TextTensors.ATTENTION_MASK);
        double[] table = weights.tensor(DISTANCES).values();
        PlainAttention.Bias bias = (row, head, query, key) -> mask.values()[row * mask.side(1) + key] == 0
                ? Double.NEGATIVE_INFINITY
                : table[bucket(key - query) * shape.heads() + head];
        String tokens = weights.has("shared.weight") ? "shared.weight" : "encoder.embed_tokens.weight";
        PlainTensor x = weights.rows(tokens, ids.values()).reshaped(-1, ids.side(1), shape.width());
        for (int i = 0; i < shape.layers(); i++) {
            String block = "encoder.block." + i;
            x = x.plus(attention(norm(x, block + ".layer.0.layer_norm"), block + ".layer.0.SelfAttention", bias));
            x = x.plus(feedForward(norm(x, block + ".layer.1.layer_norm"), block + ".layer.1.DenseReluDense"));
        }
        return Map.of(TextTensors.HIDDEN_STATES, norm(x, "encoder.final_layer_norm"));
    }

    private PlainTensor attention(PlainTensor x, String key, PlainAttention.Bias bias) {
        PlainTensor mixed = PlainAttention.attendUnscaled(
                weights.unbiased(x, key + ".q"),
                weights.unbiased(x, key + ".k"),
                weights.unbiased(x, key + ".v"),
                shape.heads(),
                bias);
        return weights.unbiased(mixed, key + ".o");
    }

    private PlainTensor feedForward(PlainTensor x, String key) {
        PlainTensor hidden =
                switch (shape.feedForward()) {
                    case RELU -> weights.unbiased(x, key + ".wi").map(Activations::relu);
                    case GATED_GELU ->
                        weights.unbiased(x, key + ".wi_0")
                                .map(Activations::geluTanh)
                                .times(weights.unbiased(x, key + ".wi_1"));
                };
        return weights.unbiased(hidden, key + ".wo");
    }

    /**
     * One bucket for each small distance, ranges that grow logarithmically for larger ones, and as many again for keys after the
     * query. In 32-bit floats, as in the code that models were trained with: at some distances doubles fall into another bucket.
     */
    private int bucket(int distance) {
        int oneWay = Math.floorDiv(shape.positions().buckets(), 2);
        int exact = Math.floorDiv(oneWay, 2);
        int base = distance > 0 ? oneWay : 0;
        int away = Math.abs(distance);
        if (away < exact) {
            return base + away;
        }
        float whole = (float) Math.log((double) shape.positions().farthest() / exact);
        float grown = (float) Math.log((float) away / exact) / whole * (oneWay - exact);
        return base + Math.min(exact + (int) grown, oneWay - 1);
    }

    private PlainTensor norm(PlainTensor x, String key) {
        return Norms.rootMeanSquare(x, shape.epsilon(), weights, key);
    }
}
