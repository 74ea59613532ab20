package dev.genfleet.importer.precision;

import dev.genfleet.importer.checkpoint.DataType;
import dev.genfleet.importer.onnx.DerivedTensor;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;

/**
 * A matrix {@code [out, in]} in integers of 8 bits around 128, with one scale for every 32 numbers of a row, as ONNX Runtime's
 * {@code MatMulNBits} takes it.
 *
 * @param name of the matrix
 * @param source its numbers
 */
record BlockIntegers(String name, WeightValues source) {

    static final int BLOCK = 32;

    private static final int MIDDLE = 128;

    /** {@code [out, in / 32, 32]}. */
    DerivedTensor blocks() {
        List<Long> shape = List.of(source.shape().getFirst(), blocksOfRow(), (long) BLOCK);
        WeightValues.SegmentFilling filling = target -> source.eachRows((first, rows, numbers) -> {
            byte[] integers = new byte[numbers.length];
            for (int block = 0; block < numbers.length; block += BLOCK) {
                float inverse = 1 / ChannelIntegers.scale(numbers, block, BLOCK);
                for (int i = block; i < block + BLOCK; i++) {
                    integers[i] = (byte) (MIDDLE + ChannelIntegers.rounded(numbers[i] * inverse));
                }
            }
            MemorySegment.copy(integers, 0, target, ValueLayout.JAVA_BYTE, first * source.rowLength(), integers.length);
        });
        return new DerivedTensor(name + "/blocks", DataType.U8, shape, filling);
    }

    /** {@code [out, in / 32]}. */
    DerivedTensor scales() {
        List<Long> shape = List.of(source.shape().getFirst(), blocksOfRow());
        WeightValues.SegmentFilling filling = target -> source.eachRows((first, rows, numbers) -> {
            float[] scales = new float[numbers.length / BLOCK];
            for (int block = 0; block < scales.length; block++) {
                scales[block] = ChannelIntegers.scale(numbers, block * BLOCK, BLOCK);
            }
            MemorySegment.copy(
                    scales, 0, target, WeightValues.FLOATS, first * blocksOfRow() * Float.BYTES, scales.length);
        });
        return new DerivedTensor(name + "/scales", DataType.F32, shape, filling);
    }

    private long blocksOfRow() {
        return source.rowLength() / BLOCK;
    }
}
