package dev.genfleet.importer.plain;

import static dev.genfleet.importer.family.DenoiserTensors.ATTENTION_MASKS;
import static dev.genfleet.importer.family.DenoiserTensors.CLASS_LABELS;
import static dev.genfleet.importer.family.DenoiserTensors.HIDDEN_STATES;
import static dev.genfleet.importer.family.DenoiserTensors.LATENTS;
import static dev.genfleet.importer.family.DenoiserTensors.POOLED;
import static dev.genfleet.importer.family.DenoiserTensors.PREDICTION;
import static dev.genfleet.importer.family.DenoiserTensors.TIMESTEPS;

import dev.genfleet.importer.checkpoint.StoredTensor;
import dev.genfleet.importer.diffussm.Conditions;
import dev.genfleet.importer.diffussm.DiffussmArchitecture;
import dev.genfleet.importer.diffussm.DiffussmShape;
import java.util.Map;

/**
 * The forward pass of DiffuSSM (Yan, Gu and Rush 2024, section 3; conventions where the paper is open: M neighbouring cells of a row
 * are one token, DiT's positions of its first cell, GELU by tanh, shift, scale and gate). Its state spaces run step by step.
 */
record DiffussmReading(DiffussmArchitecture architecture, PlainWeights weights) implements PlainReading {

    private static final double EPSILON = 1e-6;
    private static final double MASKED = -1e9;
    private static final int TOKENS = 9;

    @Override
    public Map<String, PlainTensor> inputs(long seed) {
        RandomInputs inputs = new RandomInputs(seed)
                .images(architecture.channels(), architecture.sizes())
                .timesteps();
        switch (shape().conditions()) {
            case Conditions.Classes classes -> inputs.labels(classes.labels());
            case Conditions.Captions captions -> {
                for (int i = 0; i < captions.texts().size(); i++) {
                    inputs.caption(i, TOKENS + i, captions.texts().get(i).width());
                }
                inputs.normal(POOLED, RandomInputs.ROWS, captions.pooledWidth());
            }
        }
        return inputs.inputs();
    }

    @Override
    public Map<String, PlainTensor> outputs(Map<String, PlainTensor> inputs) {
        DiffussmShape shape = shape();
        PlainTensor conditioning = conditioning(inputs).map(Activations::silu);
        PlainTensor cells =
                inputs.get(LATENTS).permuted(0, 2, 3, 1).reshaped(-1, tokens(), shape.grouping() * shape.channels());
        PlainTensor z = Tokens.placed(weights.linear(cells, "x_embedder"), positions());
        for (int i = 0; i < shape.depth(); i++) {
            z = block(z, conditioning, "blocks." + i);
            if (shape.conditions() instanceof Conditions.Captions captions) {
                z = z.plus(attendToText(z, captions, i, inputs));
            }
        }
        PlainTensor modulation = weights.linear(conditioning, "final_layer.adaLN_modulation.1");
        PlainTensor normal = Tokens.modulated(Norms.layer(z, EPSILON), modulation.chunk(0, 2), modulation.chunk(1, 2));
        return Map.of(
                PREDICTION,
                weights.linear(normal, "final_layer.linear")
                        .reshaped(-1, shape.rows(), shape.columns(), shape.outputChannels())
                        .permuted(0, 3, 1, 2));
    }

    private PlainTensor conditioning(Map<String, PlainTensor> inputs) {
        PlainTensor time = Conditioning.numbers(inputs.get(TIMESTEPS), weights, "t_embedder.mlp.0", "t_embedder.mlp.2");
        return switch (shape().conditions()) {
            case Conditions.Classes _ ->
                time.plus(weights.rows(
                        "y_embedder.embedding_table.weight",
                        inputs.get(CLASS_LABELS).values()));
            case Conditions.Captions _ ->
                time.plus(Conditioning.mlp(
                        inputs.get(POOLED), weights, "pooled_embedder.mlp.0", "pooled_embedder.mlp.2"));
        };
    }

    /** Of every M-th cell in raster order. */
    private PlainTensor positions() {
        int width = shape().width();
        PlainTensor cells = Waves.ofGrid(Waves.places(shape().rows()), Waves.places(shape().columns()), width);
        return cells.reshaped(tokens(), -1).chunk(0, shape().grouping());
    }

    /** z + gate · W3(s(W2 I') · s(W1 I)), where I' is what comes out of the hourglass. */
    private PlainTensor block(PlainTensor z, PlainTensor conditioning, String block) {
        PlainTensor modulation = weights.linear(conditioning, block + ".adaLN_modulation.1");
        PlainTensor input = Tokens.modulated(Norms.layer(z, EPSILON), modulation.chunk(0, 3), modulation.chunk(1, 3));
        PlainTensor main =
                weights.linear(hourglass(input, block), block + ".w2").map(Activations::geluTanh);
        PlainTensor gate = weights.linear(input, block + ".w1").map(Activations::geluTanh);
        return z.plus(Tokens.gated(weights.linear(main.times(gate), block + ".w3"), modulation.chunk(2, 3)));
    }

    /** From tokens to single cells, through the state spaces of both directions, and back: {@code [batch, tokens, 2 · width]}. */
    private PlainTensor hourglass(PlainTensor input, String block) {
        int grouping = shape().grouping();
        PlainTensor hidden = weights.linear(input, block + ".w0").map(Activations::geluTanh);
        PlainTensor cells = weights.linear(hidden, block + ".up")
                .map(Activations::geluTanh)
                .reshaped(-1, tokens() * grouping, shape().width());
        PlainTensor both = StateSpace.read(weights, block + ".ssm_fwd")
                .forwards(cells)
                .beside(StateSpace.read(weights, block + ".ssm_bwd").backwards(cells));
        PlainTensor grouped = both.reshaped(-1, tokens(), 2 * shape().width() * grouping);
        PlainTensor down = down(grouped, block, 0);
        for (int cell = 1; cell < grouping; cell++) {
            down = down.beside(down(grouped, block, cell));
        }
        return down.map(Activations::geluTanh);
    }

    private PlainTensor down(PlainTensor grouped, String block, int cell) {
        int grouping = shape().grouping();
        StoredTensor weight = weights.stored(block + ".down.weight");
        long out = weight.shape().get(1);
        long in = weight.shape().get(2);
        PlainTensor product = Products.multiply(
                grouped.chunk(cell, grouping), weight.part(cell, grouping).reshaped(out, in));
        return PlainWeights.biased(product, weights.stored(block + ".down.bias").part(cell, grouping));
    }

    private PlainTensor attendToText(
            PlainTensor z, Conditions.Captions captions, int index, Map<String, PlainTensor> inputs) {
        int text = index % captions.texts().size();
        String key = "blocks." + index + ".cross_attn";
        PlainTensor states = inputs.get(HIDDEN_STATES.get(text));
        PlainTensor mixed = PlainAttention.attend(
                weights.linear(z, key + ".q"),
                weights.linear(states, key + ".kv", 0, 2),
                weights.linear(states, key + ".kv", 1, 2),
                captions.heads(),
                PlainAttention.Bias.hiding(inputs.get(ATTENTION_MASKS.get(text)), MASKED));
        return weights.linear(mixed, key + ".proj");
    }

    private DiffussmShape shape() {
        return architecture.shape();
    }

    private int tokens() {
        return shape().rows() * shape().columns() / shape().grouping();
    }
}
