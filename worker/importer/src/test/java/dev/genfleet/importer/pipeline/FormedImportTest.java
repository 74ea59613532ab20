package dev.genfleet.importer.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.genfleet.importer.ImportSummary;
import dev.genfleet.importer.ModelImporter;
import dev.genfleet.importer.OrtGraph;
import dev.genfleet.importer.RandomWeights;
import dev.genfleet.importer.Tensor;
import dev.genfleet.importer.precision.Operators;
import dev.genfleet.importer.precision.Precision;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A package of another precision, or of plain operators, loads and predicts what the usual one does but for its rounding. */
class FormedImportTest {

    private static final int TOKENS = 7;

    @TempDir
    private Path folder;

    private TinyPipeline pipeline;

    @BeforeEach
    void savePipeline() throws Exception {
        pipeline = TinyPipeline.widePixart(folder.resolve("pipeline"));
        ModelImporter.run(pipeline.request(folder.resolve("models/usual")));
    }

    @ParameterizedTest
    @CsvSource({
        "FP16, FUSED, 1e-2",
        "FP16, PLAIN, 1e-2",
        "INT8, FUSED, 4e-2",
        "INT8, PLAIN, 4e-2",
        "INT8_WEIGHT_ONLY, FUSED, 4e-2",
        "INT8_WEIGHT_ONLY, PLAIN, 4e-2",
        "FP32, PLAIN, 1e-5"
    })
    void predictsWhatTheUsualOneDoesButForItsRounding(Precision precision, Operators operators, double tolerance)
            throws Exception {
        Path usual = folder.resolve("models/usual");
        Path out = folder.resolve("models/formed");
        ImportSummary summary = ModelImporter.run(pipeline.request(out).with(Options.in(precision, operators)));

        assertThat(summary.precision()).isEqualTo(precision.wireName());
        assertThat(summary.warnings()).isEmpty();
        assertThat(relative(predicted(out), predicted(usual))).as("denoiser").isLessThan(tolerance);
        assertThat(relative(PipelineImportTest.encoded(out), PipelineImportTest.encoded(usual)))
                .as("text encoder")
                .isLessThan(tolerance);
        assertThat(out.resolve("vae_decoder/model.onnx"))
                .as("the decoder loses most by rounding and stays as it is")
                .hasSameBinaryContentAs(usual.resolve("vae_decoder/model.onnx"));
    }

    @ParameterizedTest
    @CsvSource({"FP16, 0.7", "INT8, 0.5", "INT8_WEIGHT_ONLY, 0.5"})
    void weighsLess(Precision precision, double share) throws Exception {
        long usual = Files.size(folder.resolve("models/usual/text_encoder/model.safetensors"));
        Path out = folder.resolve("models/formed");
        ModelImporter.run(pipeline.request(out).with(Options.in(precision, Operators.FUSED)));
        assertThat(out.resolve("text_encoder/model.safetensors"))
                .as("nothing of the checkpoint is needed")
                .doesNotExist();
        assertThat((double) Files.size(out.resolve("text_encoder/derived.safetensors")) / usual)
                .isLessThan(share);
    }

    @Test
    void plainOperatorsAreOnnxsOwn() throws Exception {
        Path out = folder.resolve("models/plain");
        ModelImporter.run(pipeline.request(out).with(Options.in(Precision.FP32, Operators.PLAIN)));
        for (String part : new String[] {"transformer", "text_encoder"}) {
            assertThat(Files.readString(out.resolve(part + "/model.onnx"), StandardCharsets.ISO_8859_1))
                    .doesNotContain("com.microsoft");
        }
    }

    @Test
    void givesTheSameBytesTwice() throws Exception {
        for (Precision precision : Precision.values()) {
            ImportSummary first = ModelImporter.run(pipeline.request(folder.resolve("models/a" + precision))
                    .with(Options.in(precision, Operators.FUSED)));
            ImportSummary again = ModelImporter.run(pipeline.request(folder.resolve("models/b" + precision))
                    .with(Options.in(precision, Operators.FUSED)));
            assertThat(again.manifest()).as(precision.wireName()).isEqualTo(first.manifest());
        }
    }

    private static Tensor predicted(Path model) throws Exception {
        float[] mask = new float[2 * TOKENS];
        Arrays.fill(mask, 0, TOKENS + 4, 1);
        try (OrtGraph graph = new OrtGraph(model.resolve("transformer/model.onnx"))) {
            return graph.run(Map.of(
                    "latents",
                    RandomWeights.normal(2, 4, 8, 8),
                    "timesteps",
                    new Tensor(new float[] {911, 34}, 2),
                    "encoder_hidden_states",
                    RandomWeights.normal(2, TOKENS, TinyPipeline.WIDE_CAPTIONS),
                    "encoder_attention_mask",
                    new Tensor(mask, 2, TOKENS)));
        }
    }

    /** The largest difference, as a share of the largest number. */
    private static double relative(Tensor actual, Tensor expected) {
        return actual.distance(expected) / expected.distance(expected.times(0));
    }
}
