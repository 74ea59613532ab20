package dev.genfleet.importer.dit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.genfleet.importer.Golden;
import dev.genfleet.importer.OrtGraph;
import dev.genfleet.importer.SafetensorsWriter;
import dev.genfleet.importer.Tensor;
import dev.genfleet.importer.checkpoint.Checkpoint;
import dev.genfleet.importer.checkpoint.CheckpointException;
import dev.genfleet.importer.checkpoint.DataType;
import dev.genfleet.importer.checkpoint.Safetensors;
import dev.genfleet.importer.checkpoint.StoredTensor;
import dev.genfleet.importer.family.Emission;
import dev.genfleet.importer.onnx.GraphBuilder;
import dev.genfleet.importer.onnx.ModelFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A DiT under diffusers' keys, with the same weights as the official golden model. */
class DiffusersLayoutTest {

    private static final String GOLDEN = "dit_tiny/diffusers/";
    private static final double ROUNDING = 1e-5;
    private static final String COPY = "transformer_blocks.1.norm1.emb.timestep_embedder.linear_2.weight";

    @TempDir
    private Path folder;

    private ObjectNode config;
    private final Map<String, Tensor> weights = new LinkedHashMap<>();

    @BeforeEach
    void open() throws Exception {
        config = (ObjectNode)
                new JsonMapper().readTree(Golden.path(GOLDEN + "config.json").toFile());
        Golden golden = Golden.open(GOLDEN + "diffusion_pytorch_model.safetensors");
        for (StoredTensor tensor : golden.values().tensors()) {
            weights.put(tensor.name(), golden.tensor(tensor.name()));
        }
    }

    @Test
    void equalsTheOfficialForwardUnlessToldOtherwise() throws Exception {
        assertThat(difference(DitArithmetic.OFFICIAL, "dit_tiny/io.safetensors"))
                .isLessThan(ROUNDING);
        assertThat(difference(DitArithmetic.OFFICIAL, GOLDEN + "io.safetensors"))
                .isGreaterThan(0.1);
    }

    @Test
    void equalsDiffusersOnRequest() throws Exception {
        assertThat(difference(DitArithmetic.DIFFUSERS, GOLDEN + "io.safetensors"))
                .isLessThan(ROUNDING);
    }

    @Test
    void asksForExactlyTheKeysOfAWholeCheckpoint() throws Exception {
        assertThat(Emission.keys(read()))
                .extracting(tensor -> tensor.name() + tensor.shape())
                .containsExactlyInAnyOrderElementsOf(checkpoint().tensors().stream()
                        .map(tensor -> tensor.name() + tensor.shape())
                        .toList());
    }

    @Test
    void takesTheNameOfOlderFilesAndAStoredPositionEmbedding() throws Exception {
        config.put("_class_name", "Transformer2DModel");
        weights.put("pos_embed.pos_embed", new Tensor(new float[16 * 64], 1, 16, 64));
        assertThat(Emission.graph(read(), checkpoint()).parameters()).isPositive();
    }

    @Test
    void refusesCopiesOfAnEmbedderThatDiffer() {
        weights.get(COPY).values()[5] += 1;
        assertThatThrownBy(this::read)
                .isInstanceOf(CheckpointException.class)
                .hasMessageContaining(COPY + " of ")
                .hasMessageContaining("differs from transformer_blocks.0.norm1.emb.timestep_embedder.linear_2.weight");
    }

    @Test
    void namesCopiesThatAreMissingOrOfAnotherShape() {
        weights.remove(COPY);
        String table = "transformer_blocks.1.norm1.emb.class_embedder.embedding_table.weight";
        weights.put(table, new Tensor(new float[10 * 64], 10, 64));
        assertThatThrownBy(() -> Emission.graph(read(), checkpoint()))
                .isInstanceOf(CheckpointException.class)
                .hasMessageContaining("missing: " + COPY)
                .hasMessageContaining(table + " has shape [10, 64] where [11, 64] is expected");
    }

    @Test
    void asksForTheLatentSize() {
        config.put("sample_size", 7);
        assertThatThrownBy(this::read).hasMessageContaining("sample_size").hasMessageContaining("is 7, but must be");
        config.remove("sample_size");
        assertThatThrownBy(this::read).hasMessageContaining("sample_size");
    }

    @Test
    void refusesOtherFormsOfTheTransformer() {
        config.put("activation_fn", "gelu");
        assertThatThrownBy(this::read)
                .hasMessageContaining("activation_fn in config.json")
                .hasMessageContaining("is \"gelu\", but a DiT's is \"gelu-approximate\"");
    }

    @Test
    void isClaimedByItsKeysAlone() throws Exception {
        JsonNode none = new JsonMapper().createObjectNode();
        assertThat(new DitFamily().claims(checkpoint(), none)).isTrue();
        weights.keySet().removeIf(key -> key.contains("class_embedder"));
        assertThat(new DitFamily().claims(checkpoint(), none))
                .as("transformers without classes are other families'")
                .isFalse();
    }

    private double difference(DitArithmetic arithmetic, String golden) throws Exception {
        Golden io = Golden.open(golden);
        Path parts = Files.createTempDirectory(folder, "package");
        Path file = SafetensorsWriter.write(parts.resolve("model.safetensors"), weights, DataType.F32);
        Checkpoint checkpoint = Safetensors.open(file);
        GraphBuilder emitted =
                Emission.graph(new DitFamily().read(checkpoint, config).with(arithmetic), checkpoint);
        new ModelFile(emitted.finish()).writeDerived(parts.resolve(GraphBuilder.DERIVED_FILE));
        Path model = Files.write(parts.resolve("model.onnx"), emitted.toBytes());
        try (OrtGraph graph = new OrtGraph(model)) {
            return graph.run(Map.of(
                            "latents", io.tensor("x"), "timesteps", io.tensor("t"), "class_labels", io.tensor("y")))
                    .distance(io.tensor("out"));
        }
    }

    private DitArchitecture read() throws Exception {
        return new DitFamily().read(checkpoint(), config);
    }

    private Checkpoint checkpoint() throws Exception {
        Path file = Files.createTempDirectory(folder, "checkpoint").resolve("model.safetensors");
        return Safetensors.open(SafetensorsWriter.write(file, weights, DataType.F32));
    }
}
