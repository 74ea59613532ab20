package dev.genfleet.engine.onnx;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import java.util.Arrays;

/** An input of a denoiser: its name, the shape of one row, and the rows. */
final class RowInput {

    private final String name;
    private final long[] rowShape;
    private final RowBuffer rows;

    RowInput(String name, RowBuffer rows, long... rowShape) {
        this.name = name;
        this.rows = rows;
        this.rowShape = rowShape;
    }

    String name() {
        return name;
    }

    RowBuffer rows() {
        return rows;
    }

    /** {@code [count, rowShape…]} over the rows from {@code start}. */
    OnnxTensor tensor(OrtEnvironment environment, int start, int count) throws OrtException {
        long[] shape = new long[rowShape.length + 1];
        shape[0] = count;
        System.arraycopy(rowShape, 0, shape, 1, rowShape.length);
        return rows.tensor(environment, start, count, shape);
    }

    @Override
    public String toString() {
        return name + " " + Arrays.toString(rowShape);
    }
}
