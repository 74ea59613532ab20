package dev.genfleet.importer.precision;

import dev.genfleet.importer.checkpoint.DataType;
import dev.genfleet.importer.onnx.DerivedTensor;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/** Weights as floats of another length, rounded to nearest, ties to even. */
final class ConvertedFloats implements WeightValues.SegmentFilling {

    /** Largest number that a half float holds. */
    static final float LARGEST_HALF = 65_504;

    private static final ValueLayout.OfShort HALVES =
            ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    private final WeightValues source;
    private final DataType type;

    private ConvertedFloats(WeightValues source, DataType type) {
        this.source = source;
        this.type = type;
    }

    /** As half floats, which every number of {@code source} must fit. */
    static DerivedTensor half(String name, WeightValues source) {
        return new DerivedTensor(name, DataType.F16, source.shape(), new ConvertedFloats(source, DataType.F16));
    }

    /** As 32-bit floats. */
    static DerivedTensor full(String name, WeightValues source) {
        return new DerivedTensor(name, DataType.F32, source.shape(), new ConvertedFloats(source, DataType.F32));
    }

    /** {@code numbers} as half floats. */
    static short[] halves(float[] numbers) {
        short[] halves = new short[numbers.length];
        for (int i = 0; i < halves.length; i++) {
            halves[i] = Float.floatToFloat16(numbers[i]);
        }
        return halves;
    }

    @Override
    public void write(MemorySegment target) throws IOException {
        source.withBytes(bytes -> {
            if (source.type() == type) {
                target.copyFrom(bytes);
            } else if (type == DataType.F16) {
                source.eachPiece(bytes, (from, numbers) -> {
                    short[] halves = halves(numbers);
                    MemorySegment.copy(halves, 0, target, HALVES, from * Short.BYTES, halves.length);
                });
            } else {
                source.eachPiece(
                        bytes,
                        (from, numbers) -> MemorySegment.copy(
                                numbers, 0, target, WeightValues.FLOATS, from * Float.BYTES, numbers.length));
            }
        });
    }
}
