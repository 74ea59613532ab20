package dev.genfleet.importer.precision;

import dev.genfleet.importer.checkpoint.DataType;
import dev.genfleet.importer.onnx.DerivedTensor;
import dev.genfleet.importer.onnx.Initialiser;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;

/**
 * The numbers of a weight, to be read piece by piece on all processors; a few megabytes are in memory at a time, whatever its
 * length, except for weights that are themselves derived.
 *
 * @param name in the checkpoint
 * @param type as stored
 * @param shape dimensions, outermost first
 * @param origin where the bytes come from
 */
record WeightValues(String name, DataType type, List<Long> shape, Origin origin) {

    static final int PIECE = 1 << 18;

    private static final int MOST_ROWS = 64;

    static final ValueLayout.OfFloat FLOATS = ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfShort HALVES =
            ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    /** Empty for what holds no floats. */
    static Optional<WeightValues> of(Initialiser initialiser) {
        return switch (initialiser) {
            case Initialiser.Stored(var tensor)
            when tensor.type().isWeight() ->
                Optional.of(new WeightValues(tensor.name(), tensor.type(), tensor.shape(), new Origin() {
                    @Override
                    public MemorySegment bytes(Arena lifetime) throws IOException {
                        return tensor.map(lifetime);
                    }

                    @Override
                    public boolean exists() {
                        return Files.exists(tensor.file());
                    }
                }));
            case Initialiser.Derived(var tensor)
            when tensor.type().isWeight() ->
                Optional.of(new WeightValues(tensor.name(), tensor.type(), tensor.shape(), lifetime -> {
                    MemorySegment bytes = lifetime.allocate(tensor.length());
                    tensor.content().write(bytes);
                    return bytes;
                }));
            default -> Optional.empty();
        };
    }

    long elements() {
        return shape.stream().reduce(1L, Math::multiplyExact);
    }

    /** Numbers in one entry of the outermost dimension. */
    int rowLength() {
        return Math.toIntExact(elements() / Math.max(1, shape.getFirst()));
    }

    /** Copies numbers out of {@code bytes}, which {@link Origin#bytes} gave. */
    void read(MemorySegment bytes, long from, float[] target, int count) {
        switch (type) {
            case F32 -> MemorySegment.copy(bytes, FLOATS, from * Float.BYTES, target, 0, count);
            case F16 -> {
                short[] halves = halves(bytes, from, count);
                for (int i = 0; i < count; i++) {
                    target[i] = Float.float16ToFloat(halves[i]);
                }
            }
            case BF16 -> {
                short[] brains = halves(bytes, from, count);
                for (int i = 0; i < count; i++) {
                    target[i] = Float.intBitsToFloat(brains[i] << 16);
                }
            }
            default -> throw new IllegalStateException("weight " + name + " has type " + type);
        }
    }

    /** Largest magnitude, infinite or not a number where one number is; 0 where the file does not exist, as in a blueprint. */
    float magnitude() throws IOException {
        if (!origin.exists()) {
            return 0;
        }
        try (Arena lifetime = Arena.ofShared()) {
            MemorySegment bytes = origin.bytes(lifetime);
            int bits = LongStream.range(0, Math.ceilDiv(elements(), PIECE))
                    .parallel()
                    .mapToInt(piece -> {
                        int count = count(piece);
                        float[] numbers = new float[count];
                        read(bytes, piece * PIECE, numbers, count);
                        return largestBits(numbers, 0, count);
                    })
                    .reduce(0, Math::max);
            return Float.intBitsToFloat(bits);
        }
    }

    /** Hands over pieces of at most {@link #PIECE} numbers, on all processors. */
    void eachPiece(MemorySegment bytes, PieceReader reader) {
        LongStream.range(0, Math.ceilDiv(elements(), PIECE)).parallel().forEach(piece -> {
            int count = count(piece);
            float[] numbers = new float[count];
            read(bytes, piece * PIECE, numbers, count);
            reader.accept(piece * PIECE, numbers);
        });
    }

    /**
     * Hands over whole rows of a matrix, a few at a time, on all processors.
     *
     * @throws IOException when the checkpoint cannot be read
     */
    void eachRows(RowsReader reader) throws IOException {
        int width = rowLength();
        int most = Math.clamp(PIECE / width, 1, MOST_ROWS);
        withBytes(bytes -> LongStream.range(0, Math.ceilDiv(shape.getFirst(), most))
                .parallel()
                .forEach(part -> {
                    long first = part * most;
                    int rows = (int) Math.min(most, shape.getFirst() - first);
                    float[] numbers = new float[Math.multiplyExact(rows, width)];
                    read(bytes, first * width, numbers, numbers.length);
                    reader.accept(first, rows, numbers);
                }));
    }

    /** Runs {@code work} on the stored bytes. */
    void withBytes(BytesReader work) throws IOException {
        try (Arena lifetime = Arena.ofShared()) {
            work.accept(origin.bytes(lifetime));
        }
    }

    private int count(long piece) {
        return (int) Math.min(PIECE, elements() - piece * PIECE);
    }

    private static short[] halves(MemorySegment bytes, long from, int count) {
        short[] halves = new short[count];
        MemorySegment.copy(bytes, HALVES, from * Short.BYTES, halves, 0, count);
        return halves;
    }

    /** Largest magnitude of {@code count} numbers, not a number where one is none. */
    static float magnitude(float[] numbers, int from, int count) {
        return Float.intBitsToFloat(largestBits(numbers, from, count));
    }

    /** Bits of magnitudes are ordered as the magnitudes are, and maxima of integers are computed many at a time. */
    private static int largestBits(float[] numbers, int from, int count) {
        int largest = 0;
        for (int i = from; i < from + count; i++) {
            largest = Math.max(largest, Float.floatToRawIntBits(numbers[i]) & 0x7FFF_FFFF);
        }
        return largest;
    }

    /** Where bytes come from. */
    interface Origin {

        /** All bytes of the weight, little-endian. */
        MemorySegment bytes(Arena lifetime) throws IOException;

        /** Whether there are any. */
        default boolean exists() {
            return true;
        }
    }

    /** Takes a piece. */
    @FunctionalInterface
    interface PieceReader {
        void accept(long from, float[] numbers);
    }

    /** Takes rows. */
    @FunctionalInterface
    interface RowsReader {
        void accept(long first, int rows, float[] numbers);
    }

    /** Fills a tensor of any length. */
    @FunctionalInterface
    interface SegmentFilling extends DerivedTensor.Content {

        @Override
        void write(MemorySegment target) throws IOException;

        @Override
        default void write(ByteBuffer target) throws IOException {
            write(MemorySegment.ofBuffer(target));
        }
    }

    /** Takes all bytes. */
    @FunctionalInterface
    interface BytesReader {
        void accept(MemorySegment bytes) throws IOException;
    }
}
