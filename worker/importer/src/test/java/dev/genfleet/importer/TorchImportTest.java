package dev.genfleet.importer;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A package can be made from PyTorch's own files, whose weights are used in place. */
class TorchImportTest {

    @TempDir
    private Path models;

    @ParameterizedTest
    @ValueSource(strings = {"model_flat.pt", "model_train_ckpt.pt"})
    void servesWhatPyTorchSaved(String name) throws Exception {
        Path out = models.resolve("tiny");
        Path autoencoder = Golden.path("vae_tiny/diffusion_pytorch_model.safetensors");
        ModelImporter.run(ImportRequest.of(Golden.path("dit_tiny/" + name), autoencoder, out, "tiny"));
        Golden io = Golden.open("dit_tiny/io.safetensors");
        try (OrtGraph graph = new OrtGraph(out.resolve("transformer/model.onnx"))) {
            Tensor prediction = graph.run(
                    Map.of("latents", io.tensor("x"), "timesteps", io.tensor("t"), "class_labels", io.tensor("y")));
            assertThat(prediction.distance(io.tensor("out"))).isLessThan(1e-5);
        }
    }
}
