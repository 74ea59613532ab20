package dev.genfleet.importer.pickle;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/** The bytes of a pickle. Announced lengths are compared with what is left before anything is allocated. */
final class PickleInput {

    private final ByteBuffer bytes;

    PickleInput(ByteBuffer bytes) {
        this.bytes = bytes.order(ByteOrder.LITTLE_ENDIAN);
    }

    int position() {
        return bytes.position();
    }

    int unsignedByte() throws PickleException {
        return need(1).get() & 0xff;
    }

    int unsignedShort() throws PickleException {
        return need(Short.BYTES).getShort() & 0xffff;
    }

    int signedInt() throws PickleException {
        return need(Integer.BYTES).getInt();
    }

    long unsignedInt() throws PickleException {
        return signedInt() & 0xffff_ffffL;
    }

    long signedLong() throws PickleException {
        return need(Long.BYTES).getLong();
    }

    /** The one number that pickles store big-endian. */
    double bigEndianDouble() throws PickleException {
        return Double.longBitsToDouble(Long.reverseBytes(signedLong()));
    }

    byte[] bytes(long count) throws PickleException {
        byte[] read = new byte[checked(count)];
        bytes.get(read);
        return read;
    }

    String utf8(long count) throws PickleException {
        return new String(bytes(count), StandardCharsets.UTF_8);
    }

    void skip(long count) throws PickleException {
        bytes.position(bytes.position() + checked(count));
    }

    /** Text up to a line feed, which is consumed. */
    String line(Charset charset) throws PickleException {
        int start = bytes.position();
        int end = start;
        while (end < bytes.limit() && bytes.get(end) != '\n') {
            end++;
        }
        if (end == bytes.limit()) {
            throw truncated();
        }
        String text = new String(bytes(end - start), charset);
        skip(1);
        return text;
    }

    private ByteBuffer need(int count) throws PickleException {
        checked(count);
        return bytes;
    }

    private int checked(long count) throws PickleException {
        if (count < 0 || count > bytes.remaining()) {
            throw truncated();
        }
        return (int) count;
    }

    private PickleException truncated() {
        return new PickleException("ends in the middle of an instruction at byte " + bytes.position());
    }
}
