package dev.genfleet.importer.plain;

import static dev.genfleet.importer.family.DenoiserTensors.CLASS_LABELS;
import static dev.genfleet.importer.family.DenoiserTensors.LATENTS;
import static dev.genfleet.importer.family.DenoiserTensors.PREDICTION;
import static dev.genfleet.importer.family.DenoiserTensors.TIMESTEPS;

import dev.genfleet.importer.dit.DitArchitecture;
import dev.genfleet.importer.dit.DitArithmetic;
import dev.genfleet.importer.dit.DitConditioning;
import dev.genfleet.importer.dit.DitLayout;
import dev.genfleet.importer.dit.DitShape;
import java.util.Map;

/** The forward pass of DiT in its four conditionings (Peebles and Xie 2023, section 3.2 and Figure 3; constants of the official code). */
record DitReading(DitArchitecture dit, PlainWeights weights) implements PlainReading {

    private static final double EPSILON = 1e-6;

    @Override
    public Map<String, PlainTensor> inputs(long seed) {
        return new RandomInputs(seed)
                .images(dit.channels(), dit.sizes())
                .timesteps()
                .labels(dit.shape().labels())
                .inputs();
    }

    @Override
    public Map<String, PlainTensor> outputs(Map<String, PlainTensor> inputs) {
        DitShape shape = dit.shape();
        DitLayers layers = layers();
        boolean diffusers = dit.arithmetic() == DitArithmetic.DIFFUSERS;
        PlainTensor waves = Waves.ofNumbers(inputs.get(TIMESTEPS).values(), diffusers ? 1 : 0);
        PlainTensor time =
                layers.linear(layers.linear(waves, "t_embedder.mlp.0").map(Activations::silu), "t_embedder.mlp.2");
        PlainTensor label = layers.labels(inputs.get(CLASS_LABELS).values());
        PlainTensor tokens = Tokens.placed(
                layers.linear(Tokens.patches(inputs.get(LATENTS), shape.patch()), "x_embedder.proj"),
                layers.positions());
        PlainTensor normal =
                switch (dit.conditioning()) {
                    case ADALN_ZERO, ADALN ->
                        modulated(tokens, time.plus(label).map(Activations::silu), diffusers ? 1e-5 : EPSILON);
                    case CROSS_ATTENTION -> crossing(tokens, sequence(time, label));
                    case IN_CONTEXT -> inContext(tokens, sequence(time, label));
                };
        PlainTensor patches = layers.linear(normal, "final_layer.linear");
        return Map.of(PREDICTION, Tokens.assembled(patches, shape.patch(), shape.side(), shape.side()));
    }

    private DitLayers layers() {
        return dit.layout() == DitLayout.OFFICIAL
                ? new DitLayers.Official(weights, dit.shape().heads())
                : new DitLayers.Diffusers(weights, dit.shape());
    }

    /** Shift, scale and, with gates, a gate of the attention, then of the MLP. */
    private PlainTensor modulated(PlainTensor tokens, PlainTensor conditioning, double mlpEpsilon) {
        DitLayers layers = layers();
        boolean gates = dit.conditioning() == DitConditioning.ADALN_ZERO;
        int parts = gates ? 6 : 4;
        int mlp = parts / 2;
        PlainTensor x = tokens;
        for (int i = 0; i < dit.shape().depth(); i++) {
            String block = "blocks." + i;
            PlainTensor all = layers.linear(conditioning, block + ".adaLN_modulation.1");
            PlainTensor normal = Tokens.modulated(Norms.layer(x, EPSILON), all.chunk(0, parts), all.chunk(1, parts));
            PlainTensor attended = layers.selfAttention(normal, block);
            x = x.plus(gates ? Tokens.gated(attended, all.chunk(2, parts)) : attended);
            PlainTensor again =
                    Tokens.modulated(Norms.layer(x, mlpEpsilon), all.chunk(mlp, parts), all.chunk(mlp + 1, parts));
            PlainTensor out = layers.mlp(again, block);
            x = x.plus(gates ? Tokens.gated(out, all.chunk(mlp + 2, parts)) : out);
        }
        PlainTensor last = layers.linear(conditioning, "final_layer.adaLN_modulation.1");
        return Tokens.modulated(Norms.layer(x, EPSILON), last.chunk(0, 2), last.chunk(1, 2));
    }

    /** Both embeddings are a sequence that tokens attend to after each other. */
    private PlainTensor crossing(PlainTensor tokens, PlainTensor context) {
        DitLayers layers = layers();
        PlainTensor x = tokens;
        for (int i = 0; i < dit.shape().depth(); i++) {
            String block = "blocks." + i;
            x = x.plus(layers.selfAttention(norm(x, block + ".norm1"), block));
            String key = block + ".cross_attn";
            PlainTensor mixed = PlainAttention.attend(
                    weights.linear(norm(x, block + ".norm_cross"), key + ".q_linear"),
                    weights.linear(context, key + ".kv_linear", 0, 2),
                    weights.linear(context, key + ".kv_linear", 1, 2),
                    dit.shape().heads(),
                    PlainAttention.Bias.NONE);
            x = x.plus(weights.linear(mixed, key + ".proj"));
            x = x.plus(layers.mlp(norm(x, block + ".norm2"), block));
        }
        return norm(x, "final_layer.norm_final");
    }

    /** Both embeddings are tokens after those of the picture, and are dropped after the last block. */
    private PlainTensor inContext(PlainTensor tokens, PlainTensor context) {
        DitLayers layers = layers();
        int width = dit.shape().width();
        int own = tokens.side(1) * width;
        PlainTensor x =
                tokens.reshaped(-1, own).beside(context.reshaped(-1, 2 * width)).reshaped(tokens.side(0), -1, width);
        for (int i = 0; i < dit.shape().depth(); i++) {
            String block = "blocks." + i;
            x = x.plus(layers.selfAttention(norm(x, block + ".norm1"), block));
            x = x.plus(layers.mlp(norm(x, block + ".norm2"), block));
        }
        PlainTensor kept = PlainTensor.zeros(tokens.shape());
        for (int row = 0; row < tokens.side(0); row++) {
            System.arraycopy(x.values(), row * (own + 2 * width), kept.values(), row * own, own);
        }
        return norm(kept, "final_layer.norm_final");
    }

    private PlainTensor norm(PlainTensor x, String key) {
        return Norms.layer(x, EPSILON, weights, key);
    }

    private PlainTensor sequence(PlainTensor time, PlainTensor label) {
        return time.beside(label).reshaped(-1, 2, dit.shape().width());
    }
}
