package dev.genfleet.importer.checkpoint;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Objects;
import java.util.stream.LongStream;

/**
 * Where a tensor lies: row-major, little-endian, one piece.
 *
 * @param name key in the checkpoint
 * @param type element type
 * @param shape dimensions, outermost first; empty for a scalar
 * @param file the file that holds it
 * @param offset first byte, counted from the start of the file
 */
public record StoredTensor(String name, DataType type, List<Long> shape, Path file, long offset) {

    public StoredTensor {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(type, "type");
        shape = List.copyOf(shape);
        Objects.requireNonNull(file, "file");
        if (offset < 0 || shape.stream().anyMatch(side -> side < 0)) {
            throw new IllegalArgumentException("tensor " + name + " has offset " + offset + " and shape " + shape
                    + ", but neither may be negative");
        }
    }

    /** Number of elements; {@link ArithmeticException} where that exceeds a long. */
    public long elements() {
        return elements(shape);
    }

    /** Number of bytes; {@link ArithmeticException} where that exceeds a long. */
    public long length() {
        return Math.multiplyExact(elements(), type.bytes());
    }

    /** The same tensor by another name. */
    public StoredTensor named(String other) {
        return new StoredTensor(other, type, shape, file, offset);
    }

    /** The same bytes read with other dimensions. */
    public StoredTensor reshaped(long... dimensions) {
        List<Long> other = LongStream.of(dimensions).boxed().toList();
        if (elements(other) != elements()) {
            throw new IllegalArgumentException(name + " of shape " + shape + " cannot be read as " + other);
        }
        return new StoredTensor(name, type, other, file, offset);
    }

    /** Part {@code index} of {@code parts} equal ones along the outermost dimension, which lie one after the other. */
    public StoredTensor part(int index, int parts) {
        long rows = shape.getFirst() / parts;
        if (rows * parts != shape.getFirst() || index < 0 || index >= parts) {
            throw new IllegalArgumentException(name + " of shape " + shape + " has no part " + index + " of " + parts);
        }
        List<Long> sides = LongStream.concat(
                        LongStream.of(rows), shape.stream().skip(1).mapToLong(Long::longValue))
                .boxed()
                .toList();
        return new StoredTensor(name + "[" + index + "]", type, sides, file, offset + index * (length() / parts));
    }

    /** The tensor's bytes, mapped from the file, little-endian. Tensors over 2 GiB must be taken in {@link #part parts}. */
    public ByteBuffer read() throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            return channel.map(FileChannel.MapMode.READ_ONLY, offset, length()).order(ByteOrder.LITTLE_ENDIAN);
        }
    }

    /**
     * The tensor's bytes, mapped from the file for as long as {@code lifetime}; tensors of any length.
     *
     * @throws IOException when the file cannot be read
     */
    public MemorySegment map(Arena lifetime) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            return channel.map(FileChannel.MapMode.READ_ONLY, offset, length(), lifetime);
        }
    }

    private static long elements(List<Long> shape) {
        return shape.stream().reduce(1L, Math::multiplyExact);
    }
}
