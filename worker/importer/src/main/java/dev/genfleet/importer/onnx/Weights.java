package dev.genfleet.importer.onnx;

import dev.genfleet.importer.checkpoint.StoredTensor;

/** Where the writing of a graph takes its weights from, by key. */
public interface Weights {

    /** Whether there is a tensor of that key. */
    boolean has(String key);

    /** Number of dimensions of the tensor of that key, 0 where there is none. */
    int rank(String key);

    /** The tensor of that key, which must have that shape. */
    StoredTensor take(String key, long... shape);
}
