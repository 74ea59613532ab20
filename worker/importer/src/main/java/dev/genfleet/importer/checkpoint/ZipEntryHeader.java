package dev.genfleet.importer.checkpoint;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * What the directory of a zip archive says of an entry (APPNOTE 4.3.12), with the 64-bit values of its extra field (4.5.3).
 *
 * @param nameBytes the name as written, read-only
 * @param offset of the local header
 */
record ZipEntryHeader(ByteBuffer nameBytes, int flags, int method, long compressed, long uncompressed, long offset) {

    /** Stands in a 32-bit field whose value is in the extra field. */
    static final int IN_EXTRA = -1;

    private static final int LARGE = 1;

    /** Reads the fixed part, which begins with the signature, and the parts of variable length. */
    static ZipEntryHeader of(Path file, ByteBuffer fixed, byte[] name, byte[] extra) throws CheckpointException {
        ByteBuffer nameBytes = ByteBuffer.wrap(name).asReadOnlyBuffer();
        ByteBuffer large = large(ByteBuffer.wrap(extra).order(ByteOrder.LITTLE_ENDIAN));
        try {
            long uncompressed = value(fixed.getInt(24), large);
            long compressed = value(fixed.getInt(20), large);
            long offset = value(fixed.getInt(42), large);
            return new ZipEntryHeader(
                    nameBytes,
                    Short.toUnsignedInt(fixed.getShort(8)),
                    Short.toUnsignedInt(fixed.getShort(10)),
                    compressed,
                    uncompressed,
                    offset);
        } catch (BufferUnderflowException e) {
            throw new CheckpointException(
                    "entry " + Shown.text(new String(name, StandardCharsets.UTF_8)) + " of " + file
                            + " announces 64-bit sizes that it does not have",
                    e);
        }
    }

    String name() {
        return StandardCharsets.UTF_8.decode(nameBytes.duplicate()).toString();
    }

    private static long value(int narrow, ByteBuffer large) {
        return narrow == IN_EXTRA ? large.getLong() : Integer.toUnsignedLong(narrow);
    }

    private static ByteBuffer large(ByteBuffer extra) {
        while (extra.remaining() >= 2 * Short.BYTES) {
            int kind = Short.toUnsignedInt(extra.getShort());
            int length = Math.min(Short.toUnsignedInt(extra.getShort()), extra.remaining());
            if (kind == LARGE) {
                return extra.slice(extra.position(), length).order(ByteOrder.LITTLE_ENDIAN);
            }
            extra.position(extra.position() + length);
        }
        return ByteBuffer.allocate(0);
    }
}
