package dev.genfleet.importer.autoencoder;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.genfleet.importer.Golden;
import dev.genfleet.importer.OrtGraph;
import dev.genfleet.importer.Tensor;
import dev.genfleet.importer.checkpoint.Checkpoint;
import dev.genfleet.importer.checkpoint.Safetensors;
import dev.genfleet.importer.family.Emission;
import dev.genfleet.importer.onnx.Graph;
import dev.genfleet.importer.precision.Forms;
import dev.genfleet.importer.precision.GraphForm;
import dev.genfleet.importer.precision.Operators;
import dev.genfleet.importer.precision.Precision;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The decoder in other precisions and operators against diffusers' numbers, relative to their size. */
class DecoderFormsTest {

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({"FP32, PLAIN, 1e-5", "FP16, FUSED, 3e-3", "FP16, PLAIN, 3e-3", "INT8, FUSED, 2e-3"})
    void comesCloseToTheReferenceDecoder(Precision precision, Operators operators, double tolerance) throws Exception {
        Path weights = Golden.path("vae_tiny/diffusion_pytorch_model.safetensors");
        Checkpoint checkpoint = Safetensors.open(weights);
        AutoencoderShape shape = AutoencoderShape.of(
                new ObjectMapper().readTree(Golden.path("vae_tiny/config.json").toFile()), checkpoint);
        Graph graph = Emission.graph(new DecoderArchitecture(shape), checkpoint).finish();
        Golden io = Golden.open("vae_tiny/io.safetensors");
        Tensor latents = io.tensor("latent").times((float) (1 / shape.scalingFactor()));
        Path model = Forms.write(folder.resolve("model"), graph, new GraphForm(precision, operators));
        try (OrtGraph decoder = new OrtGraph(model)) {
            assertThat(decoder.run(Map.of("latents", latents)).relativeError(io.tensor("decoded")))
                    .isLessThan(tolerance);
        }
    }
}
