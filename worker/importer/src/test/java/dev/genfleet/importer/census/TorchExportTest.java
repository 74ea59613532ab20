package dev.genfleet.importer.census;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnx.proto.OnnxMl.ModelProto;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Graphs that PyTorch 2.13 exported, by its older and its newer exporter: two convolutions (one strided, one in four groups),
 * attention of two heads, an MLP, upsampling, 4691 parameters; batch and height are open, and shapes are computed in the graph.
 */
class TorchExportTest {

    private static final long BATCH = 2;
    private static final long TOKENS = 5 * 6;

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({"torch_legacy.onnx, 0", "torch_dynamo.onnx, 12"
    }) // the newer one also stores what normalises and resizes
    void isCountedLikeOurOwn(String resource, long constants) throws Exception {
        ModelProto model;
        try (InputStream in = TorchExportTest.class.getResourceAsStream("/census/" + resource)) {
            model = ModelProto.parseFrom(Objects.requireNonNull(in, resource));
        }
        GraphCensus census = InferredAgainstRuntime.check(model, folder, Map.of("batch", BATCH, "height", 10L));

        assertThat(census.outputs().getFirst().shape()).containsExactly(BATCH, 3L, 10L, 12L);
        assertThat(census.parameters()).isEqualTo(4691 + constants);
        assertThat(census.macs())
                .isEqualTo(new Macs(
                        BATCH * TOKENS * (16 * 48 + 16 * 16 + 2 * 16 * 64),
                        0,
                        BATCH * (16 * TOKENS * 4 * 9 + 16 * TOKENS * 4 * 9 + 3 * 10 * 12 * 16),
                        BATCH * 2 * TOKENS * TOKENS * 16));
    }
}
