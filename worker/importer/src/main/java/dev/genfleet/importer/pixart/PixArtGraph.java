package dev.genfleet.importer.pixart;

import dev.genfleet.importer.adalnsingle.AdaLnSingleBlocks;
import dev.genfleet.importer.adalnsingle.AdaLnSingleBlocks.Caption;
import dev.genfleet.importer.adalnsingle.AdaLnSingleBlocks.Conditioning;
import dev.genfleet.importer.adalnsingle.AdaLnSingleShape;
import dev.genfleet.importer.adalnsingle.LatentGrid;
import dev.genfleet.importer.family.DenoiserTensors;
import dev.genfleet.importer.onnx.Attribute;
import dev.genfleet.importer.onnx.ElementType;
import dev.genfleet.importer.onnx.GraphBuilder;
import dev.genfleet.importer.onnx.Layers;
import dev.genfleet.importer.onnx.Value;
import dev.genfleet.importer.onnx.Weights;
import java.util.List;

/**
 * The forward pass of a PixArt (Chen et al. 2023, PixArt-α, section 2.3 and Figure 4).
 *
 * <p>Inputs {@code latents [batch, C, height, width]}, {@code timesteps [batch]}, {@code encoder_hidden_states [batch, tokens,
 * caption width]}, {@code encoder_attention_mask [batch, tokens]} int64 and, with micro-conditions, {@code resolution [batch, 2]}
 * and {@code aspect_ratio [batch, 1]}; output {@code prediction [batch, C or 2C, height, width]}: noise, then the variance's share
 * where it was learned. Height and width are open.
 */
final class PixArtGraph {

    private final PixArtArchitecture architecture;
    private final AdaLnSingleShape shape;
    private final Weights weights;
    private final GraphBuilder graph;
    private final Layers layers;

    PixArtGraph(PixArtArchitecture architecture, Weights weights, GraphBuilder graph) {
        this.architecture = architecture;
        this.shape = architecture.shape();
        this.weights = weights;
        this.graph = graph;
        this.layers = new Layers(graph);
    }

    void build() {
        Value latents = input(
                DenoiserTensors.LATENTS, ElementType.FLOAT, List.of("batch", shape.channels(), "height", "width"));
        Value timesteps = input(DenoiserTensors.TIMESTEPS, ElementType.FLOAT, List.of("batch"));
        Value hidden = input(
                DenoiserTensors.HIDDEN_STATES.getFirst(),
                ElementType.FLOAT,
                List.of("batch", "tokens", shape.captionWidth()));
        Value mask = input(DenoiserTensors.ATTENTION_MASKS.getFirst(), ElementType.INT64, List.of("batch", "tokens"));

        LatentGrid grid = LatentGrid.ofImages(shape, graph, latents);
        AdaLnSingleBlocks blocks = new AdaLnSingleBlocks(shape, weights, graph, grid);
        Conditioning conditioning = blocks.condition(embedded(blocks, timesteps));
        Caption caption = blocks.caption(hidden, mask);
        Value tokens = blocks.embedLatents();
        Value image = grid.shape(grid.tokensPerFrame(), graph.longs(shape.width()));
        for (int i = 0; i < shape.depth(); i++) {
            tokens = blocks.block(tokens, "transformer_blocks." + i, image, conditioning, caption);
        }
        graph.output(
                blocks.finalLayer(tokens, conditioning),
                DenoiserTensors.PREDICTION,
                List.of("batch", shape.outputChannels(), "height", "width"));
    }

    /** {@code [batch, width]}: the timestep, plus a third each for height, width and aspect ratio. */
    private Value embedded(AdaLnSingleBlocks blocks, Value timesteps) {
        Value time = blocks.embedNumbers(timesteps, "timestep_embedder", shape.width());
        if (architecture.conditions() == MicroConditions.NONE) {
            return time;
        }
        int third = shape.width() / 3;
        Value resolution = input(DenoiserTensors.RESOLUTION, ElementType.FLOAT, List.of("batch", 2));
        Value aspectRatio = input(DenoiserTensors.ASPECT_RATIO, ElementType.FLOAT, List.of("batch", 1));
        Value sides = layers.reshape(blocks.embedNumbers(resolution, "resolution_embedder", third), -1, 2L * third);
        Value aspect = blocks.embedNumbers(aspectRatio, "aspect_ratio_embedder", third);
        return layers.add(time, graph.node("Concat", List.of(sides, aspect), Attribute.of("axis", 1)));
    }

    private Value input(String name, ElementType type, List<Object> dimensions) {
        return graph.input(name, type, dimensions);
    }
}
