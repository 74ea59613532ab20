package dev.genfleet.fleet;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.genfleet.model.ModelManifest;
import dev.genfleet.model.PackageDigest;
import dev.genfleet.wire.Json;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A package of videos: a small untrained denoiser of three classes that knows motion (as {@code TinyVideoModel} of the engine's
 * tests writes it), and the sample model's decoder.
 */
final class MovingModel {

    static final String NAME = "moving";
    static final int MAX_FRAMES = 6;

    private static final JsonMapper MAPPER = new JsonMapper();

    private MovingModel() {}

    /** Makes the package out of a copy of the sample model's. */
    static void replace(Path folder) throws Exception {
        Path graph = folder.resolve("transformer/model.onnx");
        Files.delete(folder.resolve("transformer/model.safetensors"));
        try (InputStream denoiser = MovingModel.class.getResourceAsStream("/moving/denoiser.onnx")) {
            Files.write(graph, denoiser.readAllBytes());
        }
        Path file = folder.resolve(PackageDigest.MANIFEST_FILE);
        ObjectNode manifest = (ObjectNode) MAPPER.readTree(file.toFile());
        manifest.set("denoiser", json("""
                {"file":"transformer/model.onnx","latents":"latents","timesteps":"timesteps",
                 "class_labels":"class_labels","motion":"motion","output":"prediction","learned_sigma":false}"""));
        manifest.set("conditioning", json("{\"labels\":[\"left\",\"right\",\"around\"],\"null_class\":3}"));
        manifest.set("video", json("{\"frames\":4,\"max_frames\":" + MAX_FRAMES + ",\"fps\":8}"));
        ModelManifest open = Json.read(MAPPER.writeValueAsBytes(manifest), ModelManifest.class);
        Files.write(file, Json.write(open.sealed(PackageDigest.hashFiles(folder))));
    }

    private static JsonNode json(String text) throws Exception {
        return MAPPER.readTree(text);
    }
}
