package dev.genfleet.importer.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.genfleet.engine.device.Device;
import dev.genfleet.engine.device.RowConditioning;
import dev.genfleet.engine.device.TokenVectors;
import dev.genfleet.engine.onnx.OrtDevice;
import dev.genfleet.engine.pack.ModelPackage;
import dev.genfleet.engine.text.CaptionEncoder;
import dev.genfleet.engine.text.Tokenizer;
import dev.genfleet.importer.ArchitectureVariant;
import dev.genfleet.importer.Golden;
import dev.genfleet.importer.ImportOptions;
import dev.genfleet.importer.ImportRequest;
import dev.genfleet.importer.ImportSources;
import dev.genfleet.importer.ModelImporter;
import dev.genfleet.importer.precision.Operators;
import dev.genfleet.importer.precision.Precision;
import dev.genfleet.model.ModelConditioning;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * On the CPU provider a caption's vectors are the same bits whoever is encoded with it: the ground on which captions share
 * forwards. Tolerance none. Captions of every length, the empty one and one that is cut among them, are padded and masked.
 */
class CaptionsTogetherTest {

    private static final int MOST = 16;

    @TempDir
    private Path folder;

    @ParameterizedTest
    @EnumSource(
            value = Precision.class,
            names = {"FP32", "INT8", "INT8_WEIGHT_ONLY"})
    void everyCaptionIsTheSameInEveryBatchOfT5(Precision precision) throws Exception {
        Path out = folder.resolve("served");
        ModelImporter.run(TinyPipeline.widePixart(folder.resolve("pipeline"))
                .request(out)
                .with(Options.in(precision, Operators.FUSED)));
        assertSameInEveryBatch(ModelPackage.load(out));
    }

    @Test
    void everyCaptionIsTheSameInEveryBatchOfClipAndT5() throws Exception {
        Path out = folder.resolve("served");
        ImportSources sources = new ImportSources(
                Golden.path("gentron_t2i_tiny/model.safetensors"),
                Optional.of(Golden.path("vae_tiny/diffusion_pytorch_model.safetensors")),
                List.of(text(TinyText.clip(24), "clip"), text(TinyText.t5(40), "t5")),
                List.of());
        ImportOptions options = Options.as(ArchitectureVariant.AS_STORED);
        ModelImporter.run(new ImportRequest(sources, out, "gentron", ImportRequest.DEFAULT_POOL, options));
        assertSameInEveryBatch(ModelPackage.load(out));
    }

    private Path text(TinyText text, String name) throws Exception {
        Path saved = text.saveEncoder(folder.resolve(name), SavedAs.SAFETENSORS);
        return text.saveTokenizer(saved);
    }

    private static void assertSameInEveryBatch(ModelPackage model) throws Exception {
        List<String> captions = captions();
        for (int threads : new int[] {1, 2}) {
            try (CaptionEncoder encoder = encoder(model, threads)) {
                assertThat(encoder.mostRows()).isEqualTo(MOST);
                List<RowConditioning.OfCaption> alone = new ArrayList<>();
                for (String caption : captions) {
                    alone.add(encoder.encode(List.of(caption)).getFirst());
                }
                assertThat(alone.stream().map(each -> used(each.texts().getLast())))
                        .as("the masks tell short captions from long ones")
                        .startsWith(used(alone.getFirst().texts().getLast()))
                        .doesNotHaveDuplicates();
                for (int rows = 2; rows <= MOST; rows++) {
                    List<String> turned = new ArrayList<>();
                    for (int row = 0; row < rows; row++) {
                        turned.add(captions.get((row + rows) % MOST));
                    }
                    List<RowConditioning.OfCaption> together = encoder.encode(turned);
                    for (int row = 0; row < rows; row++) {
                        assertEqual(together.get(row), alone.get((row + rows) % MOST), row + " of " + rows);
                    }
                }
            }
        }
    }

    private static void assertEqual(RowConditioning.OfCaption found, RowConditioning.OfCaption expected, String which) {
        for (int i = 0; i < expected.texts().size(); i++) {
            TokenVectors one = found.texts().get(i);
            TokenVectors other = expected.texts().get(i);
            assertThat(one.states()).as("states of caption %s", which).isEqualTo(other.states());
            assertThat(one.mask()).as("mask of caption %s", which).isEqualTo(other.mask());
            assertThat(one.pooled().isPresent()).isEqualTo(other.pooled().isPresent());
            one.pooled().ifPresent(pooled -> assertThat(pooled)
                    .as("pooled vector of caption %s", which)
                    .isEqualTo(other.pooled().orElseThrow()));
        }
    }

    private static long used(TokenVectors vectors) {
        return Arrays.stream(vectors.mask()).sum();
    }

    /** Sixteen of different lengths, from none to more than any encoder takes. */
    private static List<String> captions() {
        List<String> captions = new ArrayList<>();
        for (int i = 0; i < MOST - 1; i++) {
            captions.add("a lighthouse on a hill ".repeat(i).strip());
        }
        captions.add("never seen words ".repeat(200).strip());
        return captions;
    }

    private static CaptionEncoder encoder(ModelPackage model, int threads) throws Exception {
        OrtDevice device = OrtDevice.open(new Device.Cpu(), 1, threads);
        List<CaptionEncoder.Part> parts = new ArrayList<>();
        var captions = (ModelConditioning.Captions) model.manifest().conditioning();
        for (ModelConditioning.TextEncoder encoder : captions.textEncoders()) {
            parts.add(new CaptionEncoder.Part(
                    Tokenizer.read(model.file(encoder.tokenizer()), encoder.tokens(), encoder.padId()),
                    device.textEncoder(model, encoder)));
        }
        return new CaptionEncoder(parts);
    }
}
