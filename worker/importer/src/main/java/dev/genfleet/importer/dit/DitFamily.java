package dev.genfleet.importer.dit;

import com.fasterxml.jackson.databind.JsonNode;
import dev.genfleet.importer.checkpoint.Checkpoint;
import dev.genfleet.importer.checkpoint.CheckpointException;
import dev.genfleet.importer.onnx.GraphBuilder;
import dev.genfleet.importer.onnx.Weights;

/** Recognises DiT checkpoints and writes their graphs. */
public final class DitFamily {

    public static final String NAME = "dit";
    public static final String LATENTS = "latents";
    public static final String TIMESTEPS = "timesteps";
    public static final String CLASS_LABELS = "class_labels";
    public static final String PREDICTION = "prediction";

    private DitFamily() {}

    /**
     * Reads the dimensions off the tensors' shapes.
     *
     * @param config {@code config.json} beside the checkpoint, or an empty object; only the number of heads is taken from it
     */
    public static DitShape shape(Checkpoint checkpoint, JsonNode config) throws CheckpointException {
        return new DitInference(checkpoint, config).shape();
    }

    /**
     * Adds the forward pass to an empty graph.
     *
     * @throws CheckpointException naming every tensor that is missing, of the wrong shape or not part of a DiT
     */
    public static void build(Checkpoint checkpoint, DitShape shape, GraphBuilder graph) throws CheckpointException {
        Weights weights = new Weights(checkpoint);
        new DitGraph(shape, new DitWeights.Official(weights), graph).build();
        weights.verify("DiT", key -> false);
    }
}
