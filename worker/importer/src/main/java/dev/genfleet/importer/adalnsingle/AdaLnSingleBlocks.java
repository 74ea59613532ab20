package dev.genfleet.importer.adalnsingle;

import dev.genfleet.importer.blocks.DiffusionBlocks;
import dev.genfleet.importer.blocks.TimestepFrequencies;
import dev.genfleet.importer.onnx.AttentionForm;
import dev.genfleet.importer.onnx.ElementType;
import dev.genfleet.importer.onnx.GraphBuilder;
import dev.genfleet.importer.onnx.Layers;
import dev.genfleet.importer.onnx.Linear;
import dev.genfleet.importer.onnx.Value;
import dev.genfleet.importer.onnx.Weights;
import java.util.List;

/**
 * Parts of transformers whose blocks share one adaptive layer norm (adaLN-single; Chen et al. 2023, PixArt-α, section 2.3),
 * under the keys of diffusers.
 *
 * <p>Tokens are {@code [batch, frames · tokens of a frame, width]} throughout. The order of frames and places is the caller's: a
 * block needs it for self-attention only, as the {@code attending} shape, such as {@code [-1, tokens of a frame, width]}.
 */
public final class AdaLnSingleBlocks {

    private static final int CHUNKS = 6;
    private static final float MASKED = -10_000;

    private final AdaLnSingleShape shape;
    private final Weights weights;
    private final GraphBuilder graph;
    private final LatentGrid grid;
    private final Layers layers;
    private final DiffusionBlocks blocks;
    private final Value sample;

    public AdaLnSingleBlocks(AdaLnSingleShape shape, Weights weights, GraphBuilder graph, LatentGrid grid) {
        this.shape = shape;
        this.weights = weights;
        this.graph = graph;
        this.grid = grid;
        this.layers = new Layers(graph);
        this.blocks = new DiffusionBlocks(graph);
        this.sample = grid.shape(grid.tokens(), graph.longs(shape.width()));
    }

    /**
     * The conditioning of all blocks.
     *
     * @param embedded {@code [batch, width]}: as the final layer takes it
     * @param modulation {@code [batch, 6, width]}: shift, scale, gate of attention, then of the MLP; each block adds a table
     */
    public record Conditioning(Value embedded, Value modulation) {}

    /**
     * A projected caption.
     *
     * @param rows {@code [batch · text tokens, width]}
     * @param sequence the shape {@code [batch, text tokens, width]}
     * @param mask int32 {@code [batch, text tokens]}: 0 for padding
     */
    public record Caption(Value rows, Value sequence, Value mask) {}

    /** The sinusoidal embedding of numbers by {@code adaln_single.emb.<name>}: {@code [n] → [n, out]}. */
    public Value embedNumbers(Value numbers, String name, int out) {
        String key = "adaln_single.emb." + name;
        graph.enter(key);
        return blocks.sinusoidal(
                numbers,
                TimestepFrequencies.official(),
                linear(key + ".linear_1", 2 * TimestepFrequencies.COUNT, out),
                linear(key + ".linear_2", out, out));
    }

    /** What blocks take of {@code embedded}, {@code [batch, width]}. */
    public Conditioning condition(Value embedded) {
        graph.enter("adaln_single");
        Value modulation = linear(layers.silu(embedded), "adaln_single.linear", shape.width(), CHUNKS * shape.width());
        return new Conditioning(embedded, layers.reshape(modulation, -1, CHUNKS, shape.width()));
    }

    /**
     * Projects token vectors once for all blocks.
     *
     * @param hidden {@code [batch, text tokens, caption width]}
     * @param mask int64 {@code [batch, text tokens]}
     */
    public Caption caption(Value hidden, Value mask) {
        graph.enter("caption_projection");
        Value wide = linear(
                layers.reshape(hidden, -1, shape.captionWidth()),
                "caption_projection.linear_1",
                shape.captionWidth(),
                shape.width());
        Value rows = linear(layers.geluTanh(wide), "caption_projection.linear_2", shape.width(), shape.width());
        Value tokens = LatentGrid.length(graph, hidden, 1);
        return new Caption(rows, grid.shape(tokens, graph.longs(shape.width())), graph.cast(mask, ElementType.INT32));
    }

    /** Latents to tokens with positions. */
    public Value embedLatents() {
        graph.enter("pos_embed");
        int patch = shape.patch();
        Linear kernel = new Linear(
                weights.take("pos_embed.proj.weight", shape.width(), shape.channels(), patch, patch)
                        .reshaped(shape.width(), (long) shape.channels() * patch * patch),
                weights.take("pos_embed.proj.bias", shape.width()));
        return samples(grid.embed(kernel));
    }

    /** A block with cross-attention, which has neither norm nor gate. */
    public Value block(Value x, String key, Value attending, Conditioning conditioning, Caption caption) {
        List<Value> modulation = modulation(key, conditioning);
        Value mixed = attend(x, key, attending, modulation);
        return feedForward(
                layers.add(mixed, samples(attendToCaption(mixed, key + ".attn2", caption))), key, modulation);
    }

    /** A block without cross-attention. */
    public Value block(Value x, String key, Value attending, Conditioning conditioning) {
        List<Value> modulation = modulation(key, conditioning);
        return feedForward(attend(x, key, attending, modulation), key, modulation);
    }

    /** Tokens to latents: the table is added to the embedding itself, not to the blocks' modulation. */
    public Value finalLayer(Value x, Conditioning conditioning) {
        graph.enter("proj_out");
        Value table = graph.weight(weights.take("scale_shift_table", 2, shape.width()));
        List<Value> modulation =
                layers.split(layers.add(layers.reshape(conditioning.embedded(), -1, 1, shape.width()), table), 2);
        Value normal = blocks.modulate(x, shape.width(), modulation.get(0), modulation.get(1));
        return grid.assemble(linear(
                rows(normal), "proj_out", shape.width(), shape.patch() * shape.patch() * shape.outputChannels()));
    }

    /** {@code x}, as many numbers, as {@code [batch, tokens of a sample, width]}. */
    public Value samples(Value x) {
        return reshape(x, sample);
    }

    private List<Value> modulation(String key, Conditioning conditioning) {
        graph.enter(key);
        Value table = graph.weight(weights.take(key + ".scale_shift_table", CHUNKS, shape.width()));
        return layers.split(layers.add(conditioning.modulation(), table), CHUNKS);
    }

    private Value attend(Value x, String key, Value attending, List<Value> modulation) {
        graph.enter(key + ".attn1");
        Value rows = rows(blocks.modulate(x, shape.width(), modulation.get(0), modulation.get(1)));
        Value mixed = attention(rows, attending, rows, attending, key + ".attn1", AttentionForm.of(shape.heads()));
        return layers.add(x, layers.multiply(samples(mixed), modulation.get(2)));
    }

    private Value attendToCaption(Value x, String key, Caption caption) {
        graph.enter(key);
        AttentionForm form = AttentionForm.of(shape.heads()).hiding(caption.mask(), MASKED);
        return attention(rows(x), sample, caption.rows(), caption.sequence(), key, form);
    }

    private Value attention(
            Value queries, Value querySequence, Value keys, Value keySequence, String key, AttentionForm form) {
        Value mixed = layers.attention(
                reshape(project(queries, key + ".to_q"), querySequence),
                reshape(project(keys, key + ".to_k"), keySequence),
                reshape(project(keys, key + ".to_v"), keySequence),
                form);
        return project(rows(mixed), key + ".to_out.0");
    }

    private Value feedForward(Value x, String key, List<Value> modulation) {
        graph.enter(key + ".ff");
        Value normal = blocks.modulate(x, shape.width(), modulation.get(3), modulation.get(4));
        Value hidden = linear(rows(normal), key + ".ff.net.0.proj", shape.width(), shape.mlpWidth());
        Value out = linear(layers.geluTanh(hidden), key + ".ff.net.2", shape.mlpWidth(), shape.width());
        return layers.add(x, layers.multiply(samples(out), modulation.get(5)));
    }

    private Value project(Value rows, String key) {
        return linear(rows, key, shape.width(), shape.width());
    }

    private Value linear(Value rows, String key, int in, int out) {
        return layers.linear(rows, linear(key, in, out));
    }

    private Linear linear(String key, int in, int out) {
        return Linear.take(weights, key, in, out);
    }

    private Value rows(Value x) {
        return layers.reshape(x, -1, shape.width());
    }

    private Value reshape(Value x, Value to) {
        return graph.node("Reshape", List.of(x, to));
    }
}
