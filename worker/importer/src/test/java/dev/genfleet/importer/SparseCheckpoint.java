package dev.genfleet.importer;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.genfleet.importer.checkpoint.Checkpoint;
import dev.genfleet.importer.checkpoint.Safetensors;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A checkpoint of real size that takes no space: a real header before a hole in the file where the numbers would be. */
public final class SparseCheckpoint {

    private SparseCheckpoint() {}

    /** Writes zeros of those shapes, one after the other. */
    public static Checkpoint write(Path file, Map<String, List<Long>> keys) throws Exception {
        Map<String, Object> header = new LinkedHashMap<>();
        long end = 0;
        for (Map.Entry<String, List<Long>> key : keys.entrySet()) {
            long begin = end;
            end += Float.BYTES * key.getValue().stream().reduce(1L, Math::multiplyExact);
            header.put(
                    key.getKey(), Map.of("dtype", "F32", "shape", key.getValue(), "data_offsets", List.of(begin, end)));
        }
        byte[] json = new JsonMapper().writeValueAsString(header).getBytes(StandardCharsets.UTF_8);
        try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
            sparse.write(ByteBuffer.allocate(Long.BYTES)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putLong(json.length)
                    .array());
            sparse.write(json);
            sparse.setLength(Long.BYTES + json.length + end);
        }
        return Safetensors.open(file);
    }
}
