package dev.genfleet.importer.plain;

import dev.genfleet.importer.checkpoint.DataType;
import dev.genfleet.importer.checkpoint.StoredTensor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;

/** The numbers of a stored tensor, widened as they are read; the bytes stay in the file. */
final class StoredNumbers {

    private final DataType type;
    private final ByteBuffer bytes;
    private final int count;

    private StoredNumbers(DataType type, ByteBuffer bytes, int count) {
        this.type = type;
        this.bytes = bytes;
        this.count = count;
    }

    /** Opens a tensor; {@link UncheckedIOException} when the file cannot be read. */
    static StoredNumbers of(StoredTensor tensor) {
        if (!tensor.type().isWeight()) {
            throw new IllegalArgumentException(
                    tensor.name() + " is of type " + tensor.type() + ", but weights are F32, F16 or BF16");
        }
        try {
            return new StoredNumbers(tensor.type(), tensor.read(), Math.toIntExact(tensor.elements()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    double at(int index) {
        return switch (type) {
            case F32 -> bytes.getFloat(index * Float.BYTES);
            case F16 -> Float.float16ToFloat(bytes.getShort(index * Short.BYTES));
            case BF16 -> Float.intBitsToFloat(bytes.getShort(index * Short.BYTES) << Short.SIZE);
            default -> throw new IllegalStateException("no weights of type " + type);
        };
    }

    double[] all() {
        double[] values = new double[count];
        for (int i = 0; i < count; i++) {
            values[i] = at(i);
        }
        return values;
    }
}
