package dev.genfleet.importer;

import dev.genfleet.importer.checkpoint.Checkpoint;
import dev.genfleet.importer.checkpoint.CheckpointException;
import dev.genfleet.importer.checkpoint.Safetensors;
import dev.genfleet.importer.checkpoint.StoredTensor;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Objects;

/** Golden vectors of independent implementations, from this module's test resources. */
public record Golden(Checkpoint values) {

    public static Path path(String resource) {
        try {
            return Path.of(Objects.requireNonNull(Golden.class.getResource("/golden/" + resource), resource)
                    .toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    public static Golden open(String resource) throws CheckpointException, IOException {
        return new Golden(Safetensors.open(path(resource)));
    }

    public Tensor tensor(String key) throws IOException {
        StoredTensor stored = values.find(key).orElseThrow(() -> new AssertionError("no golden " + key));
        ByteBuffer bytes = stored.read();
        long[] shape = stored.shape().stream().mapToLong(Long::longValue).toArray();
        return switch (stored.type()) {
            case F32 -> {
                float[] floats = new float[(int) stored.elements()];
                bytes.asFloatBuffer().get(floats);
                yield new Tensor(floats, shape);
            }
            case I64 -> {
                float[] floats = new float[(int) stored.elements()];
                for (int i = 0; i < floats.length; i++) {
                    floats[i] = bytes.getLong(i * Long.BYTES);
                }
                yield new Tensor(floats, shape);
            }
            default -> throw new AssertionError("golden of type " + stored.type());
        };
    }
}
