package dev.genfleet.engine.golden;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The tensors of one safetensors file below {@code src/test/resources/golden}. */
public final class Golden {

    private final ByteBuffer data;
    private final JsonNode header;

    private Golden(ByteBuffer data, JsonNode header) {
        this.data = data;
        this.header = header;
    }

    /** Reads {@code name}.safetensors. */
    public static Golden read(String name) throws IOException {
        try (InputStream in = Golden.class.getResourceAsStream("/golden/" + name + ".safetensors")) {
            ByteBuffer file = ByteBuffer.wrap(in.readAllBytes()).order(ByteOrder.LITTLE_ENDIAN);
            int headerBytes = Math.toIntExact(file.getLong(0));
            JsonNode header = new ObjectMapper().readTree(file.array(), Long.BYTES, headerBytes);
            ByteBuffer data = file.slice(Long.BYTES + headerBytes, file.limit() - Long.BYTES - headerBytes)
                    .order(ByteOrder.LITTLE_ENDIAN);
            return new Golden(data, header);
        }
    }

    /** Names of all tensors. */
    public List<String> names() {
        List<String> names = new ArrayList<>();
        header.fieldNames().forEachRemaining(names::add);
        return names;
    }

    /** A float32 tensor, flat. */
    public float[] floats(String name) {
        ByteBuffer bytes = bytes(name);
        float[] values = new float[bytes.remaining() / Float.BYTES];
        bytes.asFloatBuffer().get(values);
        return values;
    }

    /** Row {@code index} of {@code rows} equal rows of a float32 tensor, flat. */
    public float[] row(String name, int rows, int index) {
        float[] all = floats(name);
        int size = all.length / rows;
        return Arrays.copyOfRange(all, index * size, (index + 1) * size);
    }

    /** A float64 tensor, flat. */
    public double[] doubles(String name) {
        ByteBuffer bytes = bytes(name);
        double[] values = new double[bytes.remaining() / Double.BYTES];
        bytes.asDoubleBuffer().get(values);
        return values;
    }

    /** An int64 tensor, flat. */
    public long[] longs(String name) {
        ByteBuffer bytes = bytes(name);
        long[] values = new long[bytes.remaining() / Long.BYTES];
        bytes.asLongBuffer().get(values);
        return values;
    }

    private ByteBuffer bytes(String name) {
        JsonNode offsets = header.path(name).path("data_offsets");
        int from = offsets.path(0).intValue();
        return data.slice(from, offsets.path(1).intValue() - from).order(ByteOrder.LITTLE_ENDIAN);
    }
}
