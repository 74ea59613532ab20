package dev.genfleet.engine.onnx;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import java.lang.foreign.Arena;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.nio.LongBuffer;

/** A direct buffer of rows that ONNX Runtime reads or writes in place, of the element type that the graph asks for. */
sealed interface RowBuffer {

    /** Numbers of one row. */
    int elements();

    /** Writes one number of a row, rounded towards zero where the graph takes whole numbers. */
    void put(int row, int index, double value);

    /** Writes a whole row. */
    default void put(int row, float[] values) {
        for (int i = 0; i < values.length; i++) {
            put(row, i, values[i]);
        }
    }

    /** A tensor over the rows from {@code start}, shaped {@code [rows, …]} or any other shape of as many numbers. */
    OnnxTensor tensor(OrtEnvironment environment, int start, int rows, long... shape) throws OrtException;

    /** Whether graphs can take inputs of that type from here. */
    static boolean holds(OnnxJavaType type) {
        return type == OnnxJavaType.FLOAT || type == OnnxJavaType.INT64 || type == OnnxJavaType.INT32;
    }

    /** A buffer of {@code rows} rows, there until {@code arena} is closed. */
    static RowBuffer of(Arena arena, OnnxJavaType type, int rows, int elements) {
        int count = Math.multiplyExact(rows, elements);
        return switch (type) {
            case FLOAT -> floats(arena, rows, elements);
            case INT64 -> new Longs(elements, direct(arena, count, Long.BYTES).asLongBuffer());
            case INT32 -> new Ints(elements, direct(arena, count, Integer.BYTES).asIntBuffer());
            default -> throw new IllegalArgumentException("no rows of type " + type + " are known");
        };
    }

    /** A buffer of {@code rows} rows of floats, there until {@code arena} is closed. */
    static Floats floats(Arena arena, int rows, int elements) {
        int count = Math.multiplyExact(rows, elements);
        return new Floats(elements, direct(arena, count, Float.BYTES).asFloatBuffer());
    }

    private static ByteBuffer direct(Arena arena, int count, int bytes) {
        return arena.allocate(Math.multiplyExact(count, bytes), bytes)
                .asByteBuffer()
                .order(ByteOrder.nativeOrder());
    }

    /** 32-bit floats. */
    record Floats(int elements, FloatBuffer buffer) implements RowBuffer {
        @Override
        public void put(int row, int index, double value) {
            buffer.put(row * elements + index, (float) value);
        }

        @Override
        public void put(int row, float[] values) {
            buffer.put(row * elements, values);
        }

        @Override
        public OnnxTensor tensor(OrtEnvironment environment, int start, int rows, long... shape) throws OrtException {
            return OnnxTensor.createTensor(environment, buffer.slice(start * elements, rows * elements), shape);
        }
    }

    /** 64-bit whole numbers. */
    record Longs(int elements, LongBuffer buffer) implements RowBuffer {
        @Override
        public void put(int row, int index, double value) {
            buffer.put(row * elements + index, (long) value);
        }

        @Override
        public OnnxTensor tensor(OrtEnvironment environment, int start, int rows, long... shape) throws OrtException {
            return OnnxTensor.createTensor(environment, buffer.slice(start * elements, rows * elements), shape);
        }
    }

    /** 32-bit whole numbers. */
    record Ints(int elements, IntBuffer buffer) implements RowBuffer {
        @Override
        public void put(int row, int index, double value) {
            buffer.put(row * elements + index, (int) value);
        }

        @Override
        public OnnxTensor tensor(OrtEnvironment environment, int start, int rows, long... shape) throws OrtException {
            return OnnxTensor.createTensor(environment, buffer.slice(start * elements, rows * elements), shape);
        }
    }
}
