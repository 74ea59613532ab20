package dev.genfleet.importer.census;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnx.proto.OnnxMl.ModelProto;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.genfleet.importer.Golden;
import dev.genfleet.importer.autoencoder.AutoencoderShape;
import dev.genfleet.importer.autoencoder.DecoderArchitecture;
import dev.genfleet.importer.checkpoint.Checkpoint;
import dev.genfleet.importer.checkpoint.Safetensors;
import dev.genfleet.importer.checkpoint.StoredTensor;
import dev.genfleet.importer.dit.DitArchitecture;
import dev.genfleet.importer.dit.DitFamily;
import dev.genfleet.importer.family.Emission;
import dev.genfleet.importer.onnx.GraphBuilder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is inferred of our own graphs is what ONNX Runtime makes of them. */
class EmittedGraphsTest {

    @TempDir
    private Path folder;

    @Test
    void everyTensorOfADitIsInferredAsItIs() throws Exception {
        Checkpoint checkpoint = checkpoint("dit_tiny/model_facebook.safetensors");
        DitArchitecture dit = new DitFamily()
                .read(
                        checkpoint,
                        new ObjectMapper()
                                .readTree(Golden.path("dit_tiny/config.json").toFile()));
        GraphBuilder graph = Emission.graph(dit, checkpoint);

        GraphCensus census =
                InferredAgainstRuntime.check(ModelProto.parseFrom(graph.toBytes()), folder, Map.of("batch", 3L));

        long stored =
                checkpoint.tensors().stream().mapToLong(StoredTensor::elements).sum();
        assertThat(census.parameters()).isEqualTo(stored);
        assertThat(census.weights().bytes()).isEqualTo(4 * stored);
        assertThat(census.weights().files()).containsExactly("model.safetensors");
        assertThat(census.weights().types()).containsExactly("float");
        assertThat(census.inputs().getFirst())
                .isEqualTo(new GraphPort("latents", "float", List.of("batch", "4", "8", "8"), List.of(3L, 4L, 8L, 8L)));
        assertThat(census.operators().get("com.microsoft").get("MultiHeadAttention"))
                .isEqualTo(census.operators().get("").get("Gelu"));
        assertThat(census.opsets()).containsEntry("", 20L).containsEntry("com.microsoft", 1L);
    }

    @Test
    void everyTensorOfADecoderIsInferredAsItIs() throws Exception {
        Checkpoint checkpoint = checkpoint("vae_tiny/diffusion_pytorch_model.safetensors");
        AutoencoderShape shape = AutoencoderShape.of(
                new ObjectMapper().readTree(Golden.path("vae_tiny/config.json").toFile()), checkpoint);
        GraphBuilder graph = Emission.graph(new DecoderArchitecture(shape), checkpoint);

        GraphCensus census = InferredAgainstRuntime.check(
                ModelProto.parseFrom(graph.toBytes()), folder, Map.of("batch", 2L, "height", 5L, "width", 6L));

        long decoder = checkpoint.tensors().stream()
                .filter(tensor ->
                        tensor.name().startsWith("decoder.") || tensor.name().startsWith("post_quant_conv."))
                .mapToLong(StoredTensor::elements)
                .sum();
        assertThat(census.parameters()).isEqualTo(decoder).isEqualTo(graph.parameters());
        assertThat(census.macs().convolution()).isPositive();
        assertThat(census.macs().products()).isZero();
    }

    private Checkpoint checkpoint(String resource) throws Exception {
        Path file = folder.resolve("model.safetensors");
        Files.copy(Golden.path(resource), file);
        return Safetensors.open(file);
    }
}
