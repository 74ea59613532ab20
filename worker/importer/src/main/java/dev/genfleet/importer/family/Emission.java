package dev.genfleet.importer.family;

import dev.genfleet.importer.checkpoint.Checkpoint;
import dev.genfleet.importer.checkpoint.CheckpointException;
import dev.genfleet.importer.checkpoint.StoredTensor;
import dev.genfleet.importer.onnx.BlueprintWeights;
import dev.genfleet.importer.onnx.CheckpointWeights;
import dev.genfleet.importer.onnx.GraphBuilder;
import java.util.List;

/** Writes the graphs of architectures. */
public final class Emission {

    private Emission() {}

    /**
     * The graph over a checkpoint's weights.
     *
     * @throws CheckpointException naming every tensor that is missing, of the wrong shape or not part of the architecture
     */
    public static GraphBuilder graph(Architecture architecture, Checkpoint checkpoint) throws CheckpointException {
        CheckpointWeights weights = new CheckpointWeights(checkpoint);
        GraphBuilder graph = new GraphBuilder(architecture.family());
        architecture.write(weights, graph);
        weights.verify(architecture.family(), architecture::leavesOut);
        return graph;
    }

    /** The graph without a checkpoint: every tensor that it asks for is taken to be there. */
    public static GraphBuilder blueprint(Architecture architecture) {
        GraphBuilder graph = new GraphBuilder(architecture.family());
        architecture.write(new BlueprintWeights(), graph);
        return graph;
    }

    /** Keys and shapes of a whole checkpoint, 32-bit floats, in the order in which the graph asks for them. */
    public static List<StoredTensor> keys(Architecture architecture) {
        BlueprintWeights weights = new BlueprintWeights();
        architecture.write(weights, new GraphBuilder(architecture.family()));
        return weights.taken();
    }
}
