package dev.genfleet.importer;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.genfleet.importer.checkpoint.DataType;
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

/** Writes checkpoints for tests. */
public final class SafetensorsWriter {

    private SafetensorsWriter() {}

    /** Writes tensors in the map's order, as 32-bit floats, half floats or brain floats. */
    public static Path write(Path file, Map<String, Tensor> tensors, DataType type) throws IOException {
        Map<String, Object> header = new LinkedHashMap<>();
        long offset = 0;
        for (Map.Entry<String, Tensor> tensor : tensors.entrySet()) {
            long end = offset + (long) tensor.getValue().values().length * type.bytes();
            header.put(
                    tensor.getKey(),
                    Map.of(
                            "dtype",
                            type.name(),
                            "shape",
                            tensor.getValue().shape(),
                            "data_offsets",
                            List.of(offset, end)));
            offset = end;
        }
        String json = new JsonMapper().writeValueAsString(header);
        byte[] text = (json + " ".repeat((8 - json.length() % 8) % 8)).getBytes(StandardCharsets.UTF_8);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            writeAll(channel, little(Long.BYTES).putLong(text.length));
            writeAll(channel, little(text.length).put(text));
            for (Tensor tensor : tensors.values()) {
                ByteBuffer bytes = little(tensor.values().length * type.bytes());
                for (float value : tensor.values()) {
                    put(bytes, value, type);
                }
                writeAll(channel, bytes);
            }
        }
        return file;
    }

    /** The value that remains of {@code value} when it is stored as {@code type}. */
    public static float stored(float value, DataType type) {
        return switch (type) {
            case F32 -> value;
            case F16 -> Float.float16ToFloat(Float.floatToFloat16(value));
            case BF16 -> Float.intBitsToFloat(brain(value) << 16);
            default -> throw new IllegalArgumentException("no weights of type " + type);
        };
    }

    private static void put(ByteBuffer bytes, float value, DataType type) {
        switch (type) {
            case F32 -> bytes.putFloat(value);
            case F16 -> bytes.putShort(Float.floatToFloat16(value));
            case BF16 -> bytes.putShort((short) brain(value));
            default -> throw new IllegalArgumentException("no weights of type " + type);
        }
    }

    private static int brain(float value) {
        return Float.floatToRawIntBits(value) >>> 16; // truncated, which is a legal brain float as well
    }

    private static ByteBuffer little(int bytes) {
        return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static void writeAll(FileChannel channel, ByteBuffer filled) throws IOException {
        filled.flip();
        while (filled.hasRemaining()) {
            channel.write(filled);
        }
    }
}
