package dev.genfleet.importer.pickle;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Writes pickles of protocol 2 by hand, also such as no pickler would write. */
public final class PickleWriter {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    public PickleWriter() {
        raw(0x80, 2);
    }

    public PickleWriter raw(int... bytes) {
        for (int b : bytes) {
            out.write(b);
        }
        return this;
    }

    public PickleWriter op(String instructions) {
        out.writeBytes(instructions.getBytes(StandardCharsets.ISO_8859_1));
        return this;
    }

    public PickleWriter text(String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        out.write('X');
        number(utf8.length, Integer.BYTES);
        out.writeBytes(utf8);
        return this;
    }

    public PickleWriter whole(long value) {
        raw(0x8a, Long.BYTES);
        number(value, Long.BYTES);
        return this;
    }

    public PickleWriter global(String module, String name) {
        return op("c" + module + "\n" + name + "\n");
    }

    /** A tuple of whole numbers. */
    public PickleWriter tuple(long... values) {
        op("(");
        for (long value : values) {
            whole(value);
        }
        return op("t");
    }

    /** A storage by persistent id. */
    public PickleWriter storage(String type, String key, long elements) {
        return op("(").text("storage")
                .global("torch", type)
                .text(key)
                .text("cpu")
                .whole(elements)
                .op("tQ");
    }

    /** The empty hooks and the call that end a tensor, whose storage, offset, shape and strides lie on the stack. */
    public PickleWriter endTensor() {
        return raw(0x89).op("}tR");
    }

    /** A row-major tensor of 32-bit floats that fills its storage. */
    public PickleWriter tensor(String key, long... shape) {
        long[] strides = new long[shape.length];
        long elements = 1;
        for (int i = shape.length - 1; i >= 0; i--) {
            strides[i] = elements;
            elements *= shape[i];
        }
        return global("torch._utils", "_rebuild_tensor_v2")
                .op("(")
                .storage("FloatStorage", key, elements)
                .whole(0)
                .tuple(shape)
                .tuple(strides)
                .endTensor();
    }

    /** The pickle so far, ended; more can be written and ended again. */
    public byte[] end() {
        byte[] written = Arrays.copyOf(out.toByteArray(), out.size() + 1);
        written[out.size()] = '.';
        return written;
    }

    private void number(long value, int bytes) {
        byte[] little = ByteBuffer.allocate(Long.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(value)
                .array();
        out.write(little, 0, bytes);
    }
}
