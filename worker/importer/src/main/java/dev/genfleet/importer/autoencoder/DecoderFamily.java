package dev.genfleet.importer.autoencoder;

import com.fasterxml.jackson.databind.JsonNode;
import dev.genfleet.importer.checkpoint.Checkpoint;
import dev.genfleet.importer.checkpoint.CheckpointException;
import dev.genfleet.importer.onnx.GraphBuilder;
import dev.genfleet.importer.onnx.Weights;

/** Reads AutoencoderKL checkpoints in the layout of diffusers, with older attention names too, and writes decoder graphs. */
public final class DecoderFamily {

    public static final String LATENTS = "latents";
    public static final String PIXELS = "pixels";

    private DecoderFamily() {}

    /** Reads the dimensions from {@code config.json} beside the checkpoint. */
    public static DecoderShape shape(Checkpoint checkpoint, JsonNode config) throws CheckpointException {
        return DecoderShape.of(config, checkpoint.file());
    }

    /**
     * Adds the decoder to an empty graph; the encoder's tensors are left alone.
     *
     * @throws CheckpointException naming every tensor that is missing, of the wrong shape or not part of an AutoencoderKL
     */
    public static void build(Checkpoint checkpoint, DecoderShape shape, GraphBuilder graph) throws CheckpointException {
        Weights weights = new Weights(checkpoint);
        new DecoderGraph(shape, weights, graph).build();
        weights.verify("AutoencoderKL", key -> key.startsWith("encoder.") || key.startsWith("quant_conv."));
    }
}
