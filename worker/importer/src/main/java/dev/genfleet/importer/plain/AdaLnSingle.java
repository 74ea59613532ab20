package dev.genfleet.importer.plain;

import dev.genfleet.importer.adalnsingle.AdaLnSingleShape;
import java.util.Arrays;

/**
 * Transformer blocks that share one adaptive layer norm (Chen et al. 2023, PixArt-α, section 2.3; keys and constants of diffusers),
 * on tokens {@code [batch, tokens, width]}.
 */
record AdaLnSingle(AdaLnSingleShape shape, PlainWeights weights) {

    static final double EPSILON = 1e-6;

    private static final double MASKED = -10_000;
    private static final int CHUNKS = 6;

    /** The embedding of numbers by one of the embedders: {@code [n] → [n, out]}. */
    PlainTensor embedded(PlainTensor numbers, String embedder) {
        String key = "adaln_single.emb." + embedder;
        return Conditioning.numbers(numbers, weights, key + ".linear_1", key + ".linear_2");
    }

    /** What all blocks take of the embedding: {@code [batch, width] → [batch, 6 · width]}. */
    PlainTensor modulation(PlainTensor embedded) {
        return weights.linear(embedded.map(Activations::silu), "adaln_single.linear");
    }

    /** {@code [batch, tokens, caption width] → [batch, tokens, width]}. */
    PlainTensor caption(PlainTensor states) {
        PlainTensor hidden = weights.linear(states, "caption_projection.linear_1");
        return weights.linear(hidden.map(Activations::geluTanh), "caption_projection.linear_2");
    }

    /**
     * Latents {@code [n, C, height, width]} to tokens with positions: coordinates run to the trained grid divided by the
     * interpolation scale, whatever the size.
     */
    PlainTensor tokens(PlainTensor latents) {
        PlainTensor positions = Waves.ofGrid(
                coordinates(latents.side(2) / shape.patch()),
                coordinates(latents.side(3) / shape.patch()),
                shape.width());
        return Tokens.placed(Tokens.embedded(latents, shape.patch(), weights, "pos_embed.proj"), positions);
    }

    /** Gated attention of tokens to each other. */
    PlainTensor attendToEachOther(PlainTensor x, String block, PlainTensor modulation) {
        PlainTensor[] parts = parts(block, modulation);
        PlainTensor normal = Tokens.modulated(Norms.layer(x, EPSILON), parts[0], parts[1]);
        PlainTensor mixed = attention(normal, normal, block + ".attn1", PlainAttention.Bias.NONE);
        return x.plus(Tokens.gated(mixed, parts[2]));
    }

    /** Attention to the caption, with neither norm nor gate. */
    PlainTensor attendToCaption(PlainTensor x, String block, PlainTensor caption, PlainTensor mask) {
        return x.plus(attention(x, caption, block + ".attn2", PlainAttention.Bias.hiding(mask, MASKED)));
    }

    /** The gated MLP. */
    PlainTensor feedForward(PlainTensor x, String block, PlainTensor modulation) {
        PlainTensor[] parts = parts(block, modulation);
        PlainTensor normal = Tokens.modulated(Norms.layer(x, EPSILON), parts[3], parts[4]);
        PlainTensor hidden = weights.linear(normal, block + ".ff.net.0.proj").map(Activations::geluTanh);
        return x.plus(Tokens.gated(weights.linear(hidden, block + ".ff.net.2"), parts[5]));
    }

    /** Tokens {@code [n, tokens, width]} to patches; the table is added to the embedding {@code [n, width]} itself. */
    PlainTensor decoded(PlainTensor x, PlainTensor embedded) {
        double[] table = weights.tensor("scale_shift_table").values();
        PlainTensor shift = Tokens.placed(embedded, row(table, 0));
        PlainTensor scale = Tokens.placed(embedded, row(table, 1));
        return weights.linear(Tokens.modulated(Norms.layer(x, EPSILON), shift, scale), "proj_out");
    }

    private PlainTensor attention(PlainTensor x, PlainTensor context, String key, PlainAttention.Bias bias) {
        PlainTensor mixed = PlainAttention.attend(
                weights.linear(x, key + ".to_q"),
                weights.linear(context, key + ".to_k"),
                weights.linear(context, key + ".to_v"),
                shape.heads(),
                bias);
        return weights.linear(mixed, key + ".to_out.0");
    }

    /** Shift, scale and gate of attention, then of the MLP. */
    private PlainTensor[] parts(String block, PlainTensor modulation) {
        double[] table = weights.tensor(block + ".scale_shift_table").values();
        PlainTensor[] parts = new PlainTensor[CHUNKS];
        Arrays.setAll(parts, i -> Tokens.placed(modulation.chunk(i, CHUNKS), row(table, i)));
        return parts;
    }

    private PlainTensor row(double[] table, int index) {
        int width = shape.width();
        return new PlainTensor(Arrays.copyOfRange(table, index * width, (index + 1) * width), width);
    }

    private double[] coordinates(int count) {
        double step = (double) count / shape.grid();
        return Arrays.stream(Waves.places(count))
                .map(place -> place / step / shape.interpolationScale())
                .toArray();
    }
}
