package dev.genfleet.importer.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.genfleet.importer.ArchitectureVariant;
import dev.genfleet.importer.ArchitectureVariant.Motion;
import dev.genfleet.importer.Golden;
import dev.genfleet.importer.ImportOptions;
import dev.genfleet.importer.ImportRequest;
import dev.genfleet.importer.ImportSources;
import dev.genfleet.importer.ModelImporter;
import dev.genfleet.importer.OrtGraph;
import dev.genfleet.importer.Tensor;
import dev.genfleet.importer.checkpoint.CheckpointException;
import dev.genfleet.importer.dit.DitArithmetic;
import dev.genfleet.importer.family.Frames;
import dev.genfleet.job.GuidanceSpec;
import dev.genfleet.model.ModelConditioning;
import dev.genfleet.model.ModelManifest;
import dev.genfleet.wire.Json;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** GenTrons come as loose parts: a denoiser, an autoencoder and two text encoders with their tokenizers. */
class GentronImportTest {

    private static final int CLIP_WIDTH = 24;
    private static final int T5_WIDTH = 40;

    @TempDir
    private Path folder;

    private Path out;
    private Path clip;
    private Path t5;

    @BeforeEach
    void saveTextEncoders() throws Exception {
        out = folder.resolve("models/gentron");
        clip = text(TinyText.clip(CLIP_WIDTH), "clip");
        t5 = text(TinyText.t5(T5_WIDTH), "t5");
    }

    @Test
    void anImageModelGetsBothTextEncodersInItsOwnOrder() throws Exception {
        ModelImporter.run(request("gentron_t2i_tiny", ArchitectureVariant.AS_STORED, t5, clip));

        ModelManifest manifest = manifest();
        assertThat(manifest.conditioning()).isInstanceOfSatisfying(ModelConditioning.Captions.class, captions -> {
            assertThat(captions.nullText()).isEqualTo(ModelConditioning.NullText.ZEROS);
            assertThat(captions.textEncoders())
                    .extracting(ModelConditioning.TextEncoder::file)
                    .containsExactly("text_encoder/model.onnx", "text_encoder_2/model.onnx");
            assertThat(captions.textEncoders())
                    .extracting(ModelConditioning.TextEncoder::width)
                    .containsExactly(CLIP_WIDTH, T5_WIDTH);
            assertThat(captions.textEncoders())
                    .extracting(ModelConditioning.TextEncoder::tokens)
                    .containsExactly(77, 120);
        });
        assertThat(manifest.files()).containsKeys("tokenizer/tokenizer.json", "tokenizer_2/tokenizer.json");
        assertThat(manifest.denoiser().pooled()).isPresent();
        Golden io = Golden.open("gentron_t2i_tiny/io.safetensors");
        assertThat(predicted(inputs(io, shaped(io.tensor("x"), 2, 4, 8, 8)))
                        .distance(shaped(io.tensor("out_motion"), 2, 8, 8, 8)))
                .isLessThan(1e-5);
    }

    @Test
    void anImageModelBecomesAVideoModelWhoseFramesAreItsPictures() throws Exception {
        ModelImporter.run(request("gentron_t2i_tiny", temporal(4), clip, t5));

        assertThat(manifest().video()).hasValueSatisfying(video -> {
            assertThat(video.frames()).isEqualTo(4);
            assertThat(video.fps()).isEqualTo(4);
        });
        assertThat(manifest().denoiser().motion()).isPresent();
        Golden io = Golden.open("gentron_t2i_tiny/io.safetensors");
        Map<String, Tensor> inputs = inputs(io, repeated(io.tensor("x"), 4));
        inputs.put("motion", new Tensor(new float[] {1, 0}, 2));
        assertThat(predicted(inputs).distance(repeated(io.tensor("out_motion"), 8)))
                .isLessThan(1e-5);
    }

    @Test
    void aVideoModelIsServedWithAndWithoutMotion() throws Exception {
        ModelImporter.run(request("gentron_t2v_tiny", ArchitectureVariant.AS_STORED, clip, t5));
        assertThat(manifest().video()).isPresent();
        assertThat(manifest().denoiser().motion()).isPresent();

        out = folder.resolve("models/still");
        ModelImporter.run(request("gentron_t2v_tiny", still(), clip, t5));
        assertThat(manifest().video()).isPresent();
        assertThat(manifest().denoiser().motion()).isEmpty();
    }

    @Test
    void withoutMotionTheCaptionAloneIsGuided() throws Exception {
        Path copy = withDefaults("gentron_t2v_tiny", "{\"guidance\": \"motion_free\", \"guidance_scale\": 3}");

        ModelImporter.run(request(copy, ArchitectureVariant.AS_STORED, clip, t5));
        assertThat(manifest().defaults().guidance()).isEqualTo(GuidanceSpec.motionFree(3, 1.2));

        out = folder.resolve("models/still");
        ModelImporter.run(request(copy, still(), clip, t5));
        assertThat(manifest().defaults().guidance()).isEqualTo(new GuidanceSpec(GuidanceSpec.Kind.CFG, 3));
    }

    @Test
    void aPictureModelWhoseDefaultsSpeakOfMotionIsRefused() throws Exception {
        Path copy = withDefaults("gentron_t2i_tiny", "{\"guidance\": \"motion_free\"}");

        assertRefused(request(copy, ArchitectureVariant.AS_STORED, clip, t5), "denoiser.motion is missing");
    }

    @Test
    void aVariantThatAModelDoesNotHaveIsRefused() {
        assertRefused(
                request("gentron_t2v_tiny", temporal(4), clip, t5),
                "cannot be given temporal layers, which is possible for GenTron models of images only");
        assertRefused(
                request("gentron_t2i_tiny", still(), clip, t5),
                "has no motion to leave out, which is possible for GenTron models of videos only");
        assertRefused(
                request(
                        "gentron_t2i_tiny",
                        new ArchitectureVariant(Optional.empty(), Motion.PER_ROW, DitArithmetic.DIFFUSERS),
                        clip,
                        t5),
                "has one arithmetic only; a choice is there for DiT");
        assertThatThrownBy(() ->
                        new ArchitectureVariant(Optional.of(new Frames(4, 4)), Motion.NEVER, DitArithmetic.OFFICIAL))
                .hasMessage("temporal layers of zeros make no motion, so a model that gets them has none to leave out");
    }

    @Test
    void oneTextEncoderOfTwoIsNotEnough() {
        assertRefused(
                request("gentron_t2i_tiny", ArchitectureVariant.AS_STORED, clip),
                "the denoiser needs a T5 text encoder of width 40, but " + clip.resolve("model.safetensors")
                        + " is CLIP of width 24");
    }

    @Test
    void aPooledVectorOfAnotherWidthIsRefused() throws Exception {
        Path projected = text(TinyText.clip(CLIP_WIDTH, OptionalInt.of(16)), "projected");
        assertRefused(
                request("gentron_t2i_tiny", ArchitectureVariant.AS_STORED, projected, t5),
                "the denoiser needs a pooled vector of width 24, but " + projected.resolve("model.safetensors")
                        + " gives one of width 16");
    }

    @Test
    void moreTokenizersThanTextEncodersAreRefused() {
        assertThatThrownBy(() -> new ImportSources(folder, Optional.empty(), List.of(t5), List.of(clip, t5)))
                .hasMessage("there are 2 tokenizers for 1 text encoders, but each belongs to one");
    }

    private void assertRefused(ImportRequest request, String why) {
        assertThatThrownBy(() -> ModelImporter.run(request))
                .isInstanceOf(CheckpointException.class)
                .hasMessageContaining(why);
        assertThat(out).doesNotExist();
    }

    private Path text(TinyText text, String name) throws Exception {
        Path saved = text.saveEncoder(folder.resolve(name), SavedAs.SAFETENSORS);
        return text.saveTokenizer(saved);
    }

    private static ArchitectureVariant temporal(int frames) {
        return new ArchitectureVariant(Optional.of(new Frames(frames, frames)), Motion.PER_ROW, DitArithmetic.OFFICIAL);
    }

    private static ArchitectureVariant still() {
        return new ArchitectureVariant(Optional.empty(), Motion.NEVER, DitArithmetic.OFFICIAL);
    }

    /** A copy of a golden checkpoint with a {@code generation_config.json} beside it. */
    private Path withDefaults(String golden, String defaults) throws Exception {
        Path copy = Files.createDirectories(folder.resolve("copy"));
        for (String file : List.of("model.safetensors", "config.json")) {
            Files.copy(Golden.path(golden + "/" + file), copy.resolve(file));
        }
        Files.writeString(copy.resolve("generation_config.json"), defaults);
        return copy;
    }

    private ImportRequest request(String golden, ArchitectureVariant variant, Path... texts) {
        return request(Golden.path(golden + "/model.safetensors"), variant, texts);
    }

    private ImportRequest request(Path checkpoint, ArchitectureVariant variant, Path... texts) {
        ImportSources parts = new ImportSources(
                checkpoint,
                Optional.of(Golden.path("vae_tiny/diffusion_pytorch_model.safetensors")),
                List.of(texts),
                List.of());
        ImportOptions options = Options.as(variant);
        return new ImportRequest(parts, out, "gentron", ImportRequest.DEFAULT_POOL, options);
    }

    private Tensor predicted(Map<String, Tensor> inputs) throws Exception {
        try (OrtGraph graph = new OrtGraph(out.resolve("transformer/model.onnx"))) {
            return graph.run(inputs);
        }
    }

    private ModelManifest manifest() throws Exception {
        return Json.read(Files.readAllBytes(out.resolve("model.json")), ModelManifest.class);
    }

    private static Map<String, Tensor> inputs(Golden io, Tensor latents) throws Exception {
        Map<String, Tensor> inputs = new HashMap<>();
        inputs.put("latents", latents);
        inputs.put("timesteps", io.tensor("t"));
        inputs.put("encoder_hidden_states", io.tensor("clip"));
        inputs.put("encoder_attention_mask", io.tensor("clip_mask"));
        inputs.put("encoder_hidden_states_2", io.tensor("t5"));
        inputs.put("encoder_attention_mask_2", io.tensor("t5_mask"));
        inputs.put("pooled_projections", io.tensor("pooled"));
        return inputs;
    }

    private static Tensor shaped(Tensor tensor, long... shape) {
        return new Tensor(tensor.values(), shape);
    }

    /** Each channel of 8x8 cells of 2 rows, four times: {@code [2, channels, 4, 8, 8]}. */
    private static Tensor repeated(Tensor picture, int channels) {
        int cells = 64;
        float[] frames = new float[2 * channels * 4 * cells];
        for (int i = 0; i < frames.length; i++) {
            frames[i] = picture.values()[i / (4 * cells) * cells + i % cells];
        }
        return new Tensor(frames, 2, channels, 4, 8, 8);
    }
}
