package dev.genfleet.importer.plain;

import dev.genfleet.importer.checkpoint.Checkpoint;
import dev.genfleet.importer.checkpoint.CheckpointException;
import dev.genfleet.importer.family.Architecture;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Compares imported graphs with the plain reading of their checkpoints. */
public final class GraphCheck {

    private static final long SEED = 20_231_218;

    private final GraphRunner runner;

    /** Checks by running graphs there. */
    public GraphCheck(GraphRunner runner) {
        this.runner = runner;
    }

    /**
     * Runs graph and plain reading on the same random input, always the same for the same architecture.
     *
     * @param model the imported graph's file
     * @return the difference of each output, in the order of their names
     * @throws CheckpointException when the architecture has no plain reading, or the graph other outputs than the reading
     * @throws IOException when the graph cannot be run, or the checkpoint cannot be read
     */
    public List<GraphDifference> compare(Architecture architecture, Checkpoint checkpoint, Path model)
            throws CheckpointException, IOException {
        PlainReading reading = PlainReading.of(architecture, checkpoint);
        Map<String, PlainTensor> inputs = reading.inputs(SEED);
        Map<String, PlainTensor> actual = runner.run(model, inputs);
        Map<String, PlainTensor> expected = expected(reading, inputs);
        List<GraphDifference> differences = new ArrayList<>();
        for (Map.Entry<String, PlainTensor> output : expected.entrySet()) {
            PlainTensor found = actual.get(output.getKey());
            int[] shape = output.getValue().shape();
            if (found == null || !Arrays.equals(found.shape(), shape)) {
                throw new CheckpointException(model + " should put out " + output.getKey() + " of shape "
                        + Arrays.toString(shape) + ", but puts out "
                        + (found == null ? actual.keySet() : Arrays.toString(found.shape())));
            }
            differences.add(GraphDifference.of(output.getKey(), output.getValue(), found));
        }
        return differences;
    }

    private static Map<String, PlainTensor> expected(PlainReading reading, Map<String, PlainTensor> inputs)
            throws IOException {
        try {
            return new TreeMap<>(reading.outputs(inputs));
        } catch (UncheckedIOException e) {
            throw new IOException(
                    "the checkpoint cannot be read: " + e.getCause().getMessage(), e);
        }
    }
}
