package dev.genfleet.fleet;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.genfleet.model.ModelManifest;
import dev.genfleet.model.PackageDigest;
import dev.genfleet.wire.Json;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;

/** The sample model with one class whose weights are no numbers, as a checkpoint of a training that diverged. */
final class PoisonedModel {

    static final String NAME = "shapes-poisoned";
    static final String LABEL = "white heart";

    private static final String TABLE = "y_embedder.embedding_table.weight";
    private static final short HALF_NAN = 0x7e00;

    private PoisonedModel() {}

    /** Makes the package out of a copy of the sample model's. */
    static void replace(Path folder) throws Exception {
        Path file = folder.resolve(PackageDigest.MANIFEST_FILE);
        ModelManifest manifest = Json.read(Files.readAllBytes(file), ModelManifest.class);
        poison(
                folder.resolve("transformer/model.safetensors"),
                manifest.labels().indexOf(LABEL));
        Files.write(file, Json.write(manifest.sealed(PackageDigest.hashFiles(folder))));
    }

    private static void poison(Path safetensors, int row) throws Exception {
        ByteBuffer weights = ByteBuffer.wrap(Files.readAllBytes(safetensors)).order(ByteOrder.LITTLE_ENDIAN);
        int headerBytes = Math.toIntExact(weights.getLong(0));
        JsonNode table = new JsonMapper()
                .readTree(weights.array(), Long.BYTES, headerBytes)
                .path(TABLE);
        if (!table.path("dtype").asText().equals("F16")) {
            throw new AssertionError(TABLE + " is " + table);
        }
        int width = table.path("shape").path(1).intValue();
        int start =
                Long.BYTES + headerBytes + table.path("data_offsets").path(0).intValue() + row * width * Short.BYTES;
        for (int i = 0; i < width; i++) {
            weights.putShort(start + i * Short.BYTES, HALF_NAN);
        }
        Files.write(safetensors, weights.array());
    }
}
