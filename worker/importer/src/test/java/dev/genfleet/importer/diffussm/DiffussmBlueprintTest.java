package dev.genfleet.importer.diffussm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.MissingNode;
import dev.genfleet.importer.Golden;
import dev.genfleet.importer.checkpoint.Checkpoint;
import dev.genfleet.importer.checkpoint.Safetensors;
import dev.genfleet.importer.checkpoint.StoredTensor;
import dev.genfleet.importer.family.Emission;
import dev.genfleet.importer.onnx.GraphBuilder;
import dev.genfleet.importer.onnx.ModelFile;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Published sizes, whose weights nobody has. */
class DiffussmBlueprintTest {

    /**
     * The paper gives 673 million. Its formulas put 15 D² into a block at M = 2, 577 million in all, and leave the number
     * of modulation parts open: with the 3 of this project, 3 D² more a block, it is 707 million; 2 would make 669.
     */
    @Test
    void countsTheParametersOfXl() {
        long width = 1152;
        long block = 18 * width * width + 13 * width + 2 * width * (2 + 4 * 32);
        long around = 256 * width
                + width * width
                + 2 * width // timesteps
                + 1001 * width // labels
                + 9 * width // cells to tokens
                + 2 * width * width
                + 2 * width
                + 16 * width
                + 16; // final layer
        GraphBuilder graph = Emission.blueprint(DiffussmArchitecture.xl256());
        assertThat(graph.parameters()).isEqualTo(29 * block + around);
        assertThat(Math.round(graph.parameters() / 1e6)).isEqualTo(707);
        assertThat(Emission.blueprint(DiffussmArchitecture.xl512()).parameters())
                .isEqualTo(graph.parameters());
    }

    @Test
    void emitsSmallGraphsWhateverTheSizeOfTheNetwork() {
        for (DiffussmArchitecture architecture : List.of(
                DiffussmArchitecture.s256(),
                DiffussmArchitecture.l256(),
                DiffussmArchitecture.xl256(),
                DiffussmArchitecture.xl512())) {
            assertThat(Emission.blueprint(architecture).toBytes()).hasSizeLessThan(1_000_000);
        }
        assertThat(DiffussmArchitecture.xl512().describe())
                .isEqualTo("DiffuSSM-XL, 29 blocks of width 1152, M = 2, at latents of 64x64");
    }

    @Test
    void asksForTheKeysOfACheckpoint() throws Exception {
        Checkpoint checkpoint = Safetensors.open(Golden.path("diffussm_tiny/model.safetensors"));
        DiffussmArchitecture architecture = new DiffussmFamily().read(checkpoint, MissingNode.getInstance());
        Map<String, List<Long>> expected = shapes(List.copyOf(checkpoint.tensors()));
        assertThat(shapes(Emission.keys(architecture))).isEqualTo(expected);
        long numbers =
                checkpoint.tensors().stream().mapToLong(StoredTensor::elements).sum();
        GraphBuilder graph = Emission.graph(architecture, checkpoint);
        assertThat(graph.parameters()).isEqualTo(numbers);
        assertThat(new ModelFile(graph.finish()).weightFiles())
                .containsExactly(Map.entry(checkpoint.file(), "model.safetensors"));
    }

    private static Map<String, List<Long>> shapes(List<StoredTensor> tensors) {
        return tensors.stream().collect(Collectors.toMap(StoredTensor::name, StoredTensor::shape));
    }
}
