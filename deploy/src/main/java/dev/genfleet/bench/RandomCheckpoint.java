package dev.genfleet.bench;

import dev.genfleet.importer.checkpoint.StoredTensor;
import dev.genfleet.wire.Json;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** Writes checkpoints of random 32-bit floats, the same for the same keys. Tensors of any size, one megabyte at a time. */
final class RandomCheckpoint {

    private static final int CHUNK_BYTES = 1 << 20;

    /** Uniform numbers of this range have the deviation 0.02 of DiT's initial weights. */
    private static final float RANGE = 0.0346f;

    private RandomCheckpoint() {}

    static void write(Path file, List<StoredTensor> keys) throws IOException {
        Map<String, Object> header = new LinkedHashMap<>();
        long end = 0;
        for (StoredTensor key : keys) {
            long begin = end;
            end += key.elements() * Float.BYTES;
            header.put(key.name(), Map.of("dtype", "F32", "shape", key.shape(), "data_offsets", List.of(begin, end)));
        }
        String text = new String(Json.write(header), StandardCharsets.UTF_8);
        byte[] padded = (text + " ".repeat((8 - text.length() % 8) % 8)).getBytes(StandardCharsets.UTF_8);
        ByteBuffer chunk = ByteBuffer.allocateDirect(CHUNK_BYTES).order(ByteOrder.LITTLE_ENDIAN);
        SplittableRandom random = new SplittableRandom(17);
        try (FileChannel out = FileChannel.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            ByteBuffer start = ByteBuffer.allocate(Long.BYTES + padded.length).order(ByteOrder.LITTLE_ENDIAN);
            writeAll(out, start.putLong(padded.length).put(padded).flip());
            for (long left = end; left > 0; left -= chunk.limit()) {
                chunk.clear().limit((int) Math.min(CHUNK_BYTES, left));
                while (chunk.hasRemaining()) {
                    chunk.putFloat((random.nextInt() * 0x1p-31f) * RANGE);
                }
                writeAll(out, chunk.flip());
            }
        }
    }

    private static void writeAll(FileChannel out, ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            out.write(bytes);
        }
    }
}
