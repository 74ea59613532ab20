package dev.genfleet.importer.checkpoint;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Writes zip archives of stored entries by hand, also such as no archiver would write. */
final class ZipWriter {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final List<byte[]> directory = new ArrayList<>();
    private int flags;
    private String localName = "";
    private long announced = -1;

    /** The entries that follow have these flags. */
    ZipWriter flags(int bits) {
        flags = bits;
        return this;
    }

    /** The next entry has another name at its place than in the directory. */
    ZipWriter localName(String name) {
        localName = name;
        return this;
    }

    /** The next entry announces another length in the directory than at its place. */
    ZipWriter announced(long length) {
        announced = length;
        return this;
    }

    ZipWriter entry(String name, byte[] data) {
        long length = announced < 0 ? data.length : announced;
        listed(name, data.length, length, out.size(), new byte[0]);
        byte[] local = (localName.isEmpty() ? name : localName).getBytes(StandardCharsets.UTF_8);
        out.writeBytes(little(30)
                .putInt(0x04034b50)
                .putShort((short) 45)
                .putShort((short) flags)
                .position(18)
                .putInt(data.length)
                .putInt(data.length)
                .putShort((short) local.length)
                .array());
        out.writeBytes(local);
        out.writeBytes(data);
        localName = "";
        announced = -1;
        return this;
    }

    /** Lists an entry without writing it. */
    ZipWriter listed(String name, long uncompressed, long compressed, long offset, byte[] extra) {
        byte[] utf8 = name.getBytes(StandardCharsets.UTF_8);
        directory.add(little(46 + utf8.length + extra.length)
                .putInt(0x02014b50)
                .putInt(0x002d002d)
                .putShort((short) flags)
                .position(20)
                .putInt((int) compressed)
                .putInt((int) uncompressed)
                .putShort((short) utf8.length)
                .putShort((short) extra.length)
                .position(42)
                .putInt((int) offset)
                .put(utf8)
                .put(extra)
                .array());
        return this;
    }

    int position() {
        return out.size();
    }

    byte[] end() {
        int start = out.size();
        directory.forEach(out::writeBytes);
        out.writeBytes(little(22)
                .putInt(0x06054b50)
                .position(8)
                .putShort((short) directory.size())
                .putShort((short) directory.size())
                .putInt(out.size() - start)
                .putInt(start)
                .array());
        return out.toByteArray();
    }

    static ByteBuffer little(int bytes) {
        return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }
}
