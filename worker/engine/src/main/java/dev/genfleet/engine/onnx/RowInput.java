package dev.genfleet.engine.onnx;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import java.util.Arrays;

/** An input of a denoiser: its name, the shape of one row, and the rows. */
final class RowInput {

    /** Whether a graph takes it for each row. */
    enum Form {
        /** Batch first. */
        EACH_ROW,
        /** Once for all rows: the first row's. */
        ONCE
    }

    private final String name;
    private final long[] rowShape;
    private final RowBuffer rows;
    private final Form form;

    RowInput(String name, Form form, RowBuffer rows, long... rowShape) {
        this.name = name;
        this.form = form;
        this.rows = rows;
        this.rowShape = rowShape;
    }

    String name() {
        return name;
    }

    RowBuffer rows() {
        return rows;
    }

    /** {@code [count, rowShape…]} over the first rows. */
    OnnxTensor tensor(OrtEnvironment environment, int count) throws OrtException {
        if (form == Form.ONCE) {
            return rows.tensor(environment, 0, 1, rowShape);
        }
        return rows.tensor(environment, 0, count, batch(count, rowShape));
    }

    /** {@code [count, rowShape…]}. */
    static long[] batch(int count, long[] rowShape) {
        long[] shape = new long[rowShape.length + 1];
        shape[0] = count;
        System.arraycopy(rowShape, 0, shape, 1, rowShape.length);
        return shape;
    }

    /** Numbers in a row. */
    static int elements(long[] rowShape) {
        int elements = 1;
        for (long side : rowShape) {
            elements = Math.multiplyExact(elements, Math.toIntExact(side));
        }
        return elements;
    }

    @Override
    public String toString() {
        return name + " " + Arrays.toString(rowShape);
    }
}
