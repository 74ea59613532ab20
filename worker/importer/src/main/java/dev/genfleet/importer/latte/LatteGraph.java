package dev.genfleet.importer.latte;

import dev.genfleet.importer.adalnsingle.AdaLnSingleBlocks;
import dev.genfleet.importer.adalnsingle.AdaLnSingleBlocks.Caption;
import dev.genfleet.importer.adalnsingle.AdaLnSingleBlocks.Conditioning;
import dev.genfleet.importer.adalnsingle.AdaLnSingleShape;
import dev.genfleet.importer.adalnsingle.LatentGrid;
import dev.genfleet.importer.blocks.SinCosPositions;
import dev.genfleet.importer.family.DenoiserTensors;
import dev.genfleet.importer.onnx.ElementType;
import dev.genfleet.importer.onnx.GraphBuilder;
import dev.genfleet.importer.onnx.Layers;
import dev.genfleet.importer.onnx.Value;
import dev.genfleet.importer.onnx.Weights;
import java.util.List;
import java.util.Optional;

/**
 * The forward pass of Latte (Ma et al. 2024, section 3.1, variant 1). In spatial blocks the tokens of a frame attend to each
 * other, in temporal blocks those of a place. The caption is the same for all frames of a sample, so cross-attention takes all of
 * them as queries at once and projects the caption's keys and values once.
 *
 * <p>Inputs {@code latents [batch, C, frames, height, width]}, {@code timesteps [batch]}, {@code encoder_hidden_states [batch,
 * tokens, caption width]}, {@code encoder_attention_mask [batch, tokens]} int64; output {@code prediction [batch, C or 2C, frames,
 * height, width]}. Frames, height and width are open. Latte's own pipeline masks by cutting every row's text to the length of the
 * caption; a mask of that length gives the same numbers.
 */
final class LatteGraph {

    private final LatteArchitecture architecture;
    private final AdaLnSingleShape shape;
    private final Weights weights;
    private final GraphBuilder graph;
    private final Layers layers;

    LatteGraph(LatteArchitecture architecture, Weights weights, GraphBuilder graph) {
        this.architecture = architecture;
        this.shape = architecture.shape();
        this.weights = weights;
        this.graph = graph;
        this.layers = new Layers(graph);
    }

    void build() {
        Value latents = graph.input(
                DenoiserTensors.LATENTS,
                ElementType.FLOAT,
                List.of("batch", shape.channels(), "frames", "height", "width"));
        Value timesteps = graph.input(DenoiserTensors.TIMESTEPS, ElementType.FLOAT, List.of("batch"));
        Value hidden = graph.input(
                DenoiserTensors.HIDDEN_STATES.getFirst(),
                ElementType.FLOAT,
                List.of("batch", "tokens", shape.captionWidth()));
        Value mask =
                graph.input(DenoiserTensors.ATTENTION_MASKS.getFirst(), ElementType.INT64, List.of("batch", "tokens"));

        LatentGrid grid = LatentGrid.ofVideos(shape, graph, latents);
        AdaLnSingleBlocks blocks = new AdaLnSingleBlocks(shape, weights, graph, grid);
        Conditioning conditioning =
                blocks.condition(blocks.embedNumbers(timesteps, "timestep_embedder", shape.width()));
        Caption caption = blocks.caption(hidden, mask);
        Value tokens = blocks.embedLatents();
        Value spatial = grid.shape(grid.tokensPerFrame(), graph.longs(shape.width()));
        Optional<Turns> turns =
                architecture.temporal() == TemporalAttention.APPLIED ? Optional.of(turns(grid)) : Optional.empty();
        for (int i = 0; i < shape.depth(); i++) {
            tokens = blocks.block(tokens, "transformer_blocks." + i, spatial, conditioning, caption);
            if (turns.isPresent()) {
                tokens = temporal(tokens, i, turns.get(), blocks, conditioning);
            }
        }
        graph.output(
                blocks.finalLayer(tokens, conditioning),
                DenoiserTensors.PREDICTION,
                List.of("batch", shape.outputChannels(), "frames", "height", "width"));
    }

    /**
     * What turning tokens over takes.
     *
     * @param framesFirst the shape {@code [batch, frames, places, width]}
     * @param placesFirst the shape {@code [batch, places, frames, width]}
     * @param attending the shape {@code [batch · places, frames, width]}
     * @param positions {@code [frames, width]}
     */
    private record Turns(Value framesFirst, Value placesFirst, Value attending, Value positions) {}

    private Turns turns(LatentGrid grid) {
        Value width = graph.longs(shape.width());
        return new Turns(
                grid.shape(grid.frames(), grid.tokensPerFrame(), width),
                grid.shape(grid.tokensPerFrame(), grid.frames(), width),
                grid.shape(grid.frames(), width),
                framePositions(grid));
    }

    private Value temporal(Value x, int index, Turns turns, AdaLnSingleBlocks blocks, Conditioning conditioning) {
        String key = LatteArchitecture.TEMPORAL_BLOCKS + index;
        graph.enter(key);
        Value places = turn(x, turns.framesFirst());
        if (index == 0) {
            places = layers.add(places, turns.positions());
        }
        Value mixed = blocks.block(blocks.samples(places), key, turns.attending(), conditioning);
        graph.enter(key);
        return blocks.samples(turn(mixed, turns.placesFirst()));
    }

    private Value turn(Value x, Value shaped) {
        return layers.transpose(graph.node("Reshape", List.of(x, shaped)), 0, 2, 1, 3);
    }

    /** Sines and cosines of the frame's index; none for a single frame, which the reference treats as a picture. */
    private Value framePositions(LatentGrid grid) {
        graph.enter("temp_pos_embed");
        int length = architecture.videoLength();
        Value table = graph.floats(SinCosPositions.line(length, shape.width()), length, shape.width());
        Value used = graph.node("Slice", List.of(table, graph.longs(0), grid.frames(), graph.longs(0)));
        Value several = graph.cast(graph.node("Greater", List.of(grid.frames(), graph.longs(1))), ElementType.FLOAT);
        return layers.multiply(used, several);
    }
}
