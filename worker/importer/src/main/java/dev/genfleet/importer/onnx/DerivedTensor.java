package dev.genfleet.importer.onnx;

import dev.genfleet.importer.checkpoint.DataType;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Objects;

/**
 * A weight that is in no checkpoint as the graph needs it: computed or converted at import, when its file is written.
 *
 * @param name unique in its graph
 * @param type element type
 * @param shape dimensions, outermost first
 * @param content writes the numbers, row-major, little-endian; called once, and not at all for a graph without a package
 */
public record DerivedTensor(String name, DataType type, List<Long> shape, Content content) {

    public DerivedTensor {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(type, "type");
        shape = List.copyOf(shape);
        Objects.requireNonNull(content, "content");
    }

    /** Number of elements. */
    public long elements() {
        return shape.stream().reduce(1L, Math::multiplyExact);
    }

    /** Number of bytes. */
    public long length() {
        return Math.multiplyExact(elements(), type.bytes());
    }

    /** Fills a buffer. */
    @FunctionalInterface
    public interface Content {

        /**
         * Writes all numbers.
         *
         * @param target little-endian, exactly as long as the tensor
         * @throws IOException when the checkpoint that they are derived from cannot be read
         */
        void write(ByteBuffer target) throws IOException;

        /**
         * Writes all numbers of a tensor of any length; safe to be called from any thread. What fills buffers alone takes tensors
         * below 2 GiB.
         *
         * @param target exactly as long as the tensor
         * @throws IOException when the checkpoint that they are derived from cannot be read
         */
        default void write(MemorySegment target) throws IOException {
            write(target.asByteBuffer().order(ByteOrder.LITTLE_ENDIAN));
        }
    }
}
