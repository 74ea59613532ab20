package dev.genfleet.importer.dit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.genfleet.importer.Golden;
import dev.genfleet.importer.OrtGraph;
import dev.genfleet.importer.checkpoint.Checkpoint;
import dev.genfleet.importer.checkpoint.Safetensors;
import dev.genfleet.importer.family.Emission;
import dev.genfleet.importer.onnx.GraphBuilder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The conditionings of the paper that were never published, told apart by their keys, against a plain PyTorch module
 * ({@code golden/dit_variants/make.py}): one forward within 1e-5, the rounding of 32-bit sums.
 */
class DitVariantsTest {

    private static final double ROUNDING = 1e-5;

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({
        "adaln, ADALN, '{\"num_heads\": 4}', 5, 5, true",
        "cross_attention, CROSS_ATTENTION, '{\"num_heads\": 4, \"class_dropout_prob\": 0}', 5, -1, true",
        "in_context, IN_CONTEXT, '{\"num_heads\": 4, \"num_classes\": 5}', 5, 5, false"
    })
    void equalsAPlainForward(
            String golden, DitConditioning expected, String config, int classes, int nullClass, boolean learnedSigma)
            throws Exception {
        Path weights = folder.resolve("model.safetensors");
        Files.copy(Golden.path("dit_variants/" + golden + ".safetensors"), weights);
        Checkpoint checkpoint = Safetensors.open(weights);

        DitArchitecture dit = new DitFamily().read(checkpoint, new JsonMapper().readTree(config));
        assertThat(dit.conditioning()).isEqualTo(expected);
        assertThat(dit.shape().classes()).isEqualTo(classes);
        assertThat(dit.shape().nullClass().orElse(-1)).isEqualTo(nullClass);
        assertThat(dit.shape().learnedSigma()).isEqualTo(learnedSigma);

        GraphBuilder emitted = Emission.graph(dit, checkpoint);
        Golden io = Golden.open("dit_variants/" + golden + "_io.safetensors");
        try (OrtGraph graph = new OrtGraph(Files.write(folder.resolve("model.onnx"), emitted.toBytes()))) {
            assertThat(graph.run(Map.of(
                                    "latents",
                                    io.tensor("x"),
                                    "timesteps",
                                    io.tensor("t"),
                                    "class_labels",
                                    io.tensor("y")))
                            .distance(io.tensor("out")))
                    .isLessThan(ROUNDING);
        }
    }

    /** The paper's Table 4 and section 5: in-context 449 million, cross-attention 598, adaLN 600, adaLN-Zero 675. */
    @ParameterizedTest
    @CsvSource({"IN_CONTEXT, 449", "CROSS_ATTENTION, 598", "ADALN, 600", "ADALN_ZERO, 675"})
    void hasThePapersParameters(DitConditioning conditioning, long millions) {
        DitArchitecture dit = DitArchitecture.published(DitSize.XL, 2, 32).with(conditioning);
        long positions = (long) dit.shape().tokens() * dit.shape().width();
        assertThat(Math.round((Emission.blueprint(dit).parameters() - positions) / 1e6))
                .isEqualTo(millions);
    }
}
