package dev.genfleet.importer.gentron;

import dev.genfleet.importer.blocks.DiffusionBlocks;
import dev.genfleet.importer.blocks.TimestepFrequencies;
import dev.genfleet.importer.checkpoint.StoredTensor;
import dev.genfleet.importer.family.Conditioned;
import dev.genfleet.importer.family.Conditioned.Encoder;
import dev.genfleet.importer.family.DenoiserTensors;
import dev.genfleet.importer.onnx.AttentionForm;
import dev.genfleet.importer.onnx.ElementType;
import dev.genfleet.importer.onnx.GraphBuilder;
import dev.genfleet.importer.onnx.Layers;
import dev.genfleet.importer.onnx.Linear;
import dev.genfleet.importer.onnx.Value;
import dev.genfleet.importer.onnx.Weights;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The forward pass of a GenTron (Chen et al., CVPR 2024, sections 3.2 and 3.3): DiT's adaLN-Zero blocks, with attention to a caption's
 * tokens after the attention to the picture's own, and in models of videos attention between frames after that.
 *
 * <p>Inputs {@code latents [batch, C, height, width]} or {@code [batch, C, frames, height, width]}, {@code timesteps [batch]} (may be
 * fractional), per text encoder {@code encoder_hidden_states [batch, tokens, width]} and {@code encoder_attention_mask [batch, tokens]}
 * int64, {@code pooled_projections [batch, width]}, {@code motion [batch]}; output {@code prediction}, shaped like the latents with C or
 * 2C channels: noise, then the variance's share where it was learned.
 *
 * <p>The paper leaves open how attention to text is normalised, gated and masked. Convention: no norm before it (as in PixArt-α), no
 * gate, keys and values straight from the encoder's width, -1e9 on the scores of padding.
 */
final class GentronGraph {

    /** Added to scores that must not count. */
    static final float MASKED = -1e9f;

    private final GentronArchitecture architecture;
    private final GentronShape shape;
    private final Weights weights;
    private final GraphBuilder graph;
    private final Layers layers;
    private final DiffusionBlocks blocks;
    private final LatentGrid grid;
    private final Map<Encoder, Caption> captions = new EnumMap<>(Encoder.class);

    /**
     * A caption's tokens.
     *
     * @param rows {@code [batch · tokens, width]}
     * @param mask int32 {@code [batch, tokens]}
     */
    private record Caption(Value rows, Value mask) {}

    GentronGraph(GentronArchitecture architecture, Weights weights, GraphBuilder graph) {
        this.architecture = architecture;
        this.shape = architecture.shape();
        this.weights = weights;
        this.graph = graph;
        this.layers = new Layers(graph);
        this.blocks = new DiffusionBlocks(graph);
        this.grid = new LatentGrid(architecture, graph);
    }

    void build() {
        Value timesteps = graph.input(DenoiserTensors.TIMESTEPS, ElementType.FLOAT, List.of("batch"));
        for (int i = 0; i < architecture.text().encoders().size(); i++) {
            takeCaption(architecture.text().encoders().get(i), i);
        }
        Value conditioning = conditioning(timesteps);
        Optional<TemporalAttention> temporal = architecture.temporal().map(this::temporal);
        Value x = embedPatches();
        for (int i = 0; i < shape.depth(); i++) {
            x = block(x, conditioning, i, temporal);
        }
        grid.output(finalLayer(x, conditioning));
    }

    private void takeCaption(Conditioned.Text text, int index) {
        String suffix = index == 0 ? "" : "_" + (index + 1);
        String tokens = "tokens" + suffix;
        Value states = graph.input(
                DenoiserTensors.HIDDEN_STATES.get(index), ElementType.FLOAT, List.of("batch", tokens, text.width()));
        if (architecture.text().blocks().isEmpty()) {
            return;
        }
        Value mask =
                graph.input(DenoiserTensors.ATTENTION_MASKS.get(index), ElementType.INT64, List.of("batch", tokens));
        graph.enter("caption" + suffix);
        captions.put(
                text.encoder(),
                new Caption(layers.reshape(states, -1, text.width()), graph.cast(mask, ElementType.INT32)));
    }

    /** SiLU of the sum of both embeddings, {@code [batch, width]}: every block begins with it, so it is computed once. */
    private Value conditioning(Value timesteps) {
        graph.enter("t_embedder");
        Value time = blocks.sinusoidal(
                timesteps,
                TimestepFrequencies.official(),
                linear("t_embedder.mlp.0", 2 * TimestepFrequencies.COUNT, shape.width()),
                linear("t_embedder.mlp.2", shape.width(), shape.width()));
        if (architecture.text().pooled().isEmpty()) {
            return layers.silu(time);
        }
        int width = architecture.text().pooled().getAsInt();
        Value pooled = graph.input(DenoiserTensors.POOLED, ElementType.FLOAT, List.of("batch", width));
        graph.enter("pooled_embedder");
        Value hidden = layers.silu(layers.linear(pooled, linear("pooled_embedder.mlp.0", width, shape.width())));
        Value text = layers.linear(hidden, linear("pooled_embedder.mlp.2", shape.width(), shape.width()));
        return layers.silu(layers.add(time, text));
    }

    private TemporalAttention temporal(GentronTemporal layersOfFrames) {
        Optional<Value> motion = architecture.takesMotion()
                ? Optional.of(graph.input(DenoiserTensors.MOTION, ElementType.FLOAT, List.of("batch")))
                : Optional.empty();
        TemporalWeights source = layersOfFrames.form() == GentronTemporal.Form.ZERO_INITIALISED
                ? new TemporalWeights.Zero(graph, shape.width())
                : new TemporalWeights.Stored(weights, graph, shape.width());
        return new TemporalAttention(architecture, grid, source, graph, motion);
    }

    /** A strided convolution is a linear layer on patches; {@code [batch, frames · tokens, width]}. */
    private Value embedPatches() {
        graph.enter("x_embedder");
        StoredTensor kernel =
                weights.take("x_embedder.proj.weight", shape.width(), shape.channels(), shape.patch(), shape.patch());
        Value embedded = layers.linear(
                grid.patches(),
                kernel.reshaped(shape.width(), shape.patchSize()),
                weights.take("x_embedder.proj.bias", shape.width()));
        return grid.stream(layers.add(grid.perFrame(embedded), grid.positions()));
    }

    private Value block(Value x, Value conditioning, int index, Optional<TemporalAttention> temporal) {
        String block = "blocks." + index;
        graph.enter(block + ".adaLN_modulation");
        List<Value> modulation =
                modulation(conditioning, block + ".adaLN_modulation.1", 6); // shift, scale, gate; attention, then MLP
        graph.enter(block + ".attn");
        Value attended = selfAttention(modulate(x, modulation.get(0), modulation.get(1)), block);
        Value stream = layers.add(x, layers.multiply(grid.stream(attended), modulation.get(2)));
        if (!architecture.text().blocks().isEmpty()) {
            graph.enter(block + ".cross_attn");
            Encoder encoder = architecture.text().blocks().get(index);
            stream = layers.add(stream, grid.stream(crossAttention(stream, encoder, block)));
        }
        if (temporal.isPresent()) {
            stream = temporal.get().add(stream, block);
        }
        graph.enter(block + ".mlp");
        Value hidden = layers.linear(
                grid.rows(modulate(stream, modulation.get(3), modulation.get(4))),
                linear(block + ".mlp.fc1", shape.width(), shape.mlpWidth()));
        Value out = layers.linear(layers.geluTanh(hidden), linear(block + ".mlp.fc2", shape.mlpWidth(), shape.width()));
        return layers.add(stream, layers.multiply(grid.stream(out), modulation.get(5)));
    }

    /** Within each frame. */
    private Value selfAttention(Value x, String block) {
        Value rows = grid.rows(x);
        StoredTensor weight = weights.take(block + ".attn.qkv.weight", 3L * shape.width(), shape.width());
        StoredTensor bias = weights.take(block + ".attn.qkv.bias", 3L * shape.width());
        Value mixed = layers.attention(
                grid.perFrame(layers.linear(rows, weight.part(0, 3), bias.part(0, 3))),
                grid.perFrame(layers.linear(rows, weight.part(1, 3), bias.part(1, 3))),
                grid.perFrame(layers.linear(rows, weight.part(2, 3), bias.part(2, 3))),
                shape.heads());
        return layers.linear(grid.rows(mixed), linear(block + ".attn.proj", shape.width(), shape.width()));
    }

    /** The tokens of all frames ask the same caption, whose keys and values are computed once for them. */
    private Value crossAttention(Value x, Encoder encoder, String block) {
        Caption caption = captions.get(encoder);
        int width = architecture.text().width(encoder);
        StoredTensor weight = weights.take(block + ".cross_attn.kv.weight", 2L * shape.width(), width);
        StoredTensor bias = weights.take(block + ".cross_attn.kv.bias", 2L * shape.width());
        Value mixed = layers.attention(
                grid.stream(layers.linear(grid.rows(x), linear(block + ".cross_attn.q", shape.width(), shape.width()))),
                grid.stream(layers.linear(caption.rows(), weight.part(0, 2), bias.part(0, 2))),
                grid.stream(layers.linear(caption.rows(), weight.part(1, 2), bias.part(1, 2))),
                AttentionForm.of(shape.heads()).hiding(caption.mask(), MASKED));
        return layers.linear(grid.rows(mixed), linear(block + ".cross_attn.proj", shape.width(), shape.width()));
    }

    private Value finalLayer(Value x, Value conditioning) {
        graph.enter("final_layer");
        List<Value> modulation = modulation(conditioning, "final_layer.adaLN_modulation.1", 2);
        int outputs = shape.patch() * shape.patch() * shape.outputChannels();
        return layers.linear(
                grid.rows(modulate(x, modulation.get(0), modulation.get(1))),
                linear("final_layer.linear", shape.width(), outputs));
    }

    private Value modulate(Value x, Value shift, Value scale) {
        return blocks.modulate(x, shape.width(), shift, scale);
    }

    private List<Value> modulation(Value conditioning, String key, int parts) {
        return blocks.modulation(conditioning, linear(key, shape.width(), parts * shape.width()), parts, shape.width());
    }

    private Linear linear(String key, int in, int out) {
        return Linear.take(weights, key, in, out);
    }
}
