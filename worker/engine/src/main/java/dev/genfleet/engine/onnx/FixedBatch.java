package dev.genfleet.engine.onnx;

import ai.onnxruntime.TensorInfo;
import java.util.OptionalInt;

/** Whether a graph takes one number of rows only, as graphs that were exported elsewhere often do. */
final class FixedBatch {

    private FixedBatch() {}

    /** The rows of an input whose first axis is a number; empty where it is open. */
    static OptionalInt of(TensorInfo input) {
        long batch = input.getShape()[0];
        return batch > 0 ? OptionalInt.of(Math.toIntExact(batch)) : OptionalInt.empty();
    }
}
