package dev.genfleet.importer.gentron;

import dev.genfleet.importer.blocks.DiffusionBlocks;
import dev.genfleet.importer.blocks.SinCosPositions;
import dev.genfleet.importer.onnx.AttentionForm;
import dev.genfleet.importer.onnx.Attribute;
import dev.genfleet.importer.onnx.GraphBuilder;
import dev.genfleet.importer.onnx.Layers;
import dev.genfleet.importer.onnx.Value;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Attention of a token to the tokens at its place in all frames ("TempSelfAttn" of GenTron, section 3.3, with its motion-free mask).
 *
 * <p>The paper leaves open whether the layer is modulated and how it knows the order of frames. Convention: a plain layer norm, no
 * modulation and no gate; sines, then cosines of the frame's index are added after the norm. A row without motion has the identity
 * for a mask: -1e9 on the scores of all other frames.
 */
final class TemporalAttention {

    private final GentronShape shape;
    private final LatentGrid grid;
    private final TemporalWeights weights;
    private final GraphBuilder graph;
    private final Layers layers;
    private final Value framesFirst;
    private final Value placesFirst;
    private final Value perPlace;
    private final Value positions;
    private final Optional<Value> scores;

    /**
     * Begins the part of the graph that all blocks share.
     *
     * @param motion {@code [batch]}: 1 in rows with motion, 0 in others; empty where no row has any
     */
    TemporalAttention(
            GentronArchitecture architecture,
            LatentGrid grid,
            TemporalWeights weights,
            GraphBuilder graph,
            Optional<Value> motion) {
        this.shape = architecture.shape();
        this.grid = grid;
        this.weights = weights;
        this.graph = graph;
        this.layers = new Layers(graph);
        int most = architecture.temporal().orElseThrow().frames().most();
        graph.enter("temp_attn");
        this.framesFirst = grid.sides(grid.batch(), grid.frames(), grid.tokens(), shape.width());
        this.placesFirst = grid.sides(grid.batch(), grid.tokens(), grid.frames(), shape.width());
        this.perPlace = grid.sides(-1, grid.frames(), shape.width());
        this.positions = grid.first(
                graph.floats(SinCosPositions.line(most, shape.width()), most, 1, shape.width()), grid.frames());
        this.scores = motion.map(flags -> scores(flags, most));
    }

    /** The stream {@code [batch, frames · tokens, width]} plus what its frames tell each other. */
    Value add(Value x, String block) {
        graph.enter(block + ".temp_attn");
        Value normal = layers.layerNorm(x, shape.width(), DiffusionBlocks.EPSILON);
        Value placed = layers.add(graph.node("Reshape", List.of(normal, framesFirst)), positions);
        return layers.add(x, grid.stream(scores.isPresent() ? mixed(placed, block, scores.get()) : own(placed, block)));
    }

    private Value mixed(Value placed, String block, Value bias) {
        Value rows = grid.rows(layers.transpose(placed, 0, 2, 1, 3));
        Value out = layers.attention(
                sequence(rows, block, 0),
                sequence(rows, block, 1),
                sequence(rows, block, 2),
                AttentionForm.of(shape.heads()).biasedBy(bias));
        Value projected = linear(grid.rows(out), weights.output(block));
        return layers.transpose(graph.node("Reshape", List.of(projected, placesFirst)), 0, 2, 1, 3);
    }

    /** One key has all the weight, so what is left of attention is the value, projected. */
    private Value own(Value placed, String block) {
        return linear(linear(grid.rows(placed), weights.queryKeyValue(block, 2)), weights.output(block));
    }

    private Value sequence(Value rows, String block, int third) {
        return graph.node("Reshape", List.of(linear(rows, weights.queryKeyValue(block, third)), perPlace));
    }

    private Value linear(Value rows, TemporalWeights.Projection projection) {
        return graph.node("Gemm", List.of(rows, projection.weight(), projection.bias()), Attribute.of("transB", 1));
    }

    /** {@code [batch · tokens, 1, frames, frames]}; 32-bit, since half floats know no -1e9 and infinity times 0 is no number. */
    private Value scores(Value motion, int most) {
        return graph.fullPrecision(() -> {
            float[] others = new float[most * most];
            Arrays.fill(others, GentronGraph.MASKED);
            for (int frame = 0; frame < most; frame++) {
                others[frame * most + frame] = 0;
            }
            Value masked = graph.node(
                    "Slice",
                    List.of(
                            graph.floats(others, most, most),
                            graph.longs(0, 0),
                            grid.sides(grid.frames(), grid.frames()),
                            graph.longs(0, 1)));
            Value still = graph.node("Sub", List.of(graph.floats(new float[] {1}, 1), motion));
            Value perRow = layers.multiply(layers.reshape(still, -1, 1, 1, 1), masked);
            Value everywhere = graph.node(
                    "Expand", List.of(perRow, grid.sides(grid.batch(), grid.tokens(), grid.frames(), grid.frames())));
            return graph.node("Reshape", List.of(everywhere, grid.sides(-1, 1, grid.frames(), grid.frames())));
        });
    }
}
