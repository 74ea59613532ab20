package dev.genfleet.engine.media;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The chunks of WebP files (RFC 9649, section 2), to put a packet of XMP behind those that an encoder wrote. */
public final class WebpContainer {

    private static final int HEADER_BYTES = 12;
    private static final int CHUNK_HEADER_BYTES = 8;
    private static final int EXTENDED_BYTES = 10;
    private static final int XMP_FLAG = 0x04;

    private WebpContainer() {}

    /**
     * A chunk.
     *
     * @param name four characters
     * @param at where its data begins in the file
     * @param size bytes of its data
     */
    private record Chunk(String name, int at, int size) {}

    /**
     * The file with that packet. A simple file becomes an extended one (section 2.7), which needs its size in pixels.
     *
     * @param file as libwebp wrote it, without transparency where it is simple
     * @param width pixels
     * @param height pixels
     * @param xmp the packet
     * @throws IllegalArgumentException when the bytes are no WebP file
     */
    public static byte[] withXmp(byte[] file, int width, int height, byte[] xmp) {
        List<Chunk> chunks = chunks(file);
        ByteArrayOutputStream body = new ByteArrayOutputStream(file.length + xmp.length + 64);
        byte[] extended = new byte[EXTENDED_BYTES];
        if (chunks.getFirst().name().equals("VP8X")) {
            System.arraycopy(file, chunks.getFirst().at(), extended, 0, EXTENDED_BYTES);
            chunks = chunks.subList(1, chunks.size());
        } else {
            put24(extended, 4, width - 1);
            put24(extended, 7, height - 1);
        }
        extended[0] |= XMP_FLAG;
        write(body, "VP8X", extended, 0, EXTENDED_BYTES);
        for (Chunk chunk : chunks) {
            write(body, chunk.name(), file, chunk.at(), chunk.size());
        }
        write(body, "XMP ", xmp, 0, xmp.length);
        return ByteBuffer.allocate(HEADER_BYTES + body.size())
                .order(ByteOrder.LITTLE_ENDIAN)
                .put(ascii("RIFF"))
                .putInt(4 + body.size())
                .put(ascii("WEBP"))
                .put(body.toByteArray())
                .array();
    }

    private static List<Chunk> chunks(byte[] file) {
        ByteBuffer bytes = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
        List<Chunk> chunks = new ArrayList<>();
        for (int at = HEADER_BYTES; at + CHUNK_HEADER_BYTES <= file.length; ) {
            String name = new String(file, at, 4, StandardCharsets.US_ASCII);
            int size = bytes.getInt(at + 4);
            int data = at + CHUNK_HEADER_BYTES;
            if (size < 0 || size > file.length - data) {
                throw new IllegalArgumentException(
                        "the chunk " + name + " of a WebP file has " + size + " bytes, which are not there");
            }
            chunks.add(new Chunk(name, data, size));
            at = data + size + (size & 1);
        }
        if (chunks.isEmpty() || !new String(file, 0, 4, StandardCharsets.US_ASCII).equals("RIFF")) {
            throw new IllegalArgumentException(file.length + " bytes are no WebP file");
        }
        return chunks;
    }

    private static void write(ByteArrayOutputStream to, String name, byte[] data, int from, int size) {
        to.writeBytes(ascii(name));
        to.writeBytes(ByteBuffer.allocate(4)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(size)
                .array());
        to.write(data, from, size);
        if (size % 2 == 1) {
            to.write(0);
        }
    }

    private static void put24(byte[] to, int at, int value) {
        to[at] = (byte) value;
        to[at + 1] = (byte) (value >> 8);
        to[at + 2] = (byte) (value >> 16);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
