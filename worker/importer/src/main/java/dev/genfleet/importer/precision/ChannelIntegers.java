package dev.genfleet.importer.precision;

import dev.genfleet.importer.checkpoint.DataType;
import dev.genfleet.importer.onnx.DerivedTensor;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;

/**
 * A matrix {@code [out, in]} in signed integers of 8 bits with one scale for each output channel: its largest magnitude is 127.
 *
 * @param name of the matrix
 * @param source its numbers
 */
record ChannelIntegers(String name, WeightValues source) {

    private static final int LARGEST = 127;
    private static final float ROUNDER = 12_582_912;
    private static final int ROUNDER_BITS = Float.floatToRawIntBits(ROUNDER);

    /** {@code [out, in]}. */
    DerivedTensor straight() {
        return derived(
                "/int8",
                DataType.I8,
                source.shape(),
                target -> source.eachRows((first, rows, numbers) -> {
                    byte[] integers = new byte[numbers.length];
                    int width = source.rowLength();
                    for (int row = 0; row < rows; row++) {
                        float inverse = 1 / scale(numbers, row * width, width);
                        for (int i = row * width; i < (row + 1) * width; i++) {
                            integers[i] = (byte) rounded(numbers[i] * inverse);
                        }
                    }
                    MemorySegment.copy(integers, 0, target, ValueLayout.JAVA_BYTE, first * width, integers.length);
                }));
    }

    /** {@code [in, out]}, as products of integers take it. */
    DerivedTensor transposed() {
        long channels = source.shape().getFirst();
        List<Long> shape = source.shape().reversed();
        return derived(
                "/int8",
                DataType.I8,
                shape,
                target -> source.eachRows((first, rows, numbers) -> {
                    int width = source.rowLength();
                    byte[] columns = new byte[numbers.length];
                    for (int row = 0; row < rows; row++) {
                        float inverse = 1 / scale(numbers, row * width, width);
                        for (int i = 0; i < width; i++) {
                            columns[i * rows + row] = (byte) rounded(numbers[row * width + i] * inverse);
                        }
                    }
                    for (int i = 0; i < width; i++) {
                        MemorySegment.copy(
                                columns, i * rows, target, ValueLayout.JAVA_BYTE, i * channels + first, rows);
                    }
                }));
    }

    /** {@code [out]}. */
    DerivedTensor scales() {
        return derived(
                "/scales",
                DataType.F32,
                List.of(source.shape().getFirst()),
                target -> source.eachRows((first, rows, numbers) -> {
                    int width = source.rowLength();
                    float[] scales = new float[rows];
                    for (int row = 0; row < rows; row++) {
                        scales[row] = scale(numbers, row * width, width);
                    }
                    MemorySegment.copy(scales, 0, target, WeightValues.FLOATS, first * Float.BYTES, rows);
                }));
    }

    private DerivedTensor derived(String suffix, DataType type, List<Long> shape, WeightValues.SegmentFilling filling) {
        return new DerivedTensor(name + suffix, type, shape, filling);
    }

    /** Of {@code count} numbers; 1 where all are 0. */
    static float scale(float[] numbers, int from, int count) {
        float largest = WeightValues.magnitude(numbers, from, count);
        return largest / LARGEST >= Float.MIN_NORMAL ? largest / LARGEST : 1;
    }

    /**
     * The nearest whole number, even at ties, of one below 2^21 in magnitude: the sum with 1.5 · 2^23 has no bits left for
     * fractions. Loops of it are computed many numbers at a time.
     */
    static int rounded(float number) {
        return Float.floatToRawIntBits(number + ROUNDER) - ROUNDER_BITS;
    }
}
