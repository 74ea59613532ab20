package dev.genfleet.importer.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.genfleet.importer.Golden;
import dev.genfleet.importer.ImportRequest;
import dev.genfleet.importer.ModelImporter;
import dev.genfleet.importer.Tensor;
import dev.genfleet.importer.checkpoint.CheckpointException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A pipeline whose parts do not fit together is refused in one sentence that names the part, and nothing is left behind. */
class PipelineRefusalTest {

    @TempDir
    private Path folder;

    private TinyPipeline pipeline;
    private Path models;

    @BeforeEach
    void savePipeline() throws Exception {
        pipeline = TinyPipeline.pixart(folder.resolve("pipeline"));
        models = Files.createDirectory(folder.resolve("models"));
    }

    @AfterEach
    void leavesNothingBehind() {
        assertThat(models).isEmptyDirectory();
    }

    @Test
    void aMissingTextEncoder() throws Exception {
        remove("text_encoder");
        refused("the denoiser needs a T5 text encoder of width 32, but none was named (--text-encoder)");
    }

    @Test
    void aTextEncoderWithoutTokenizer() throws Exception {
        remove("tokenizer");
        refused(pipeline.folder() + " has no tokenizer, which must be a folder there that model_index.json names;"
                + " it has scheduler, text_encoder, transformer, vae");
    }

    @Test
    void anEmptyTokenizer() throws Exception {
        Files.delete(pipeline.component("tokenizer/spiece.model"));
        refused(pipeline.component("tokenizer")
                + " holds no tokenizer: there must be tokenizer.json, vocab.json with merges.txt, or spiece.model");
    }

    @Test
    void aTextEncoderOfAnotherWidth() throws Exception {
        remove("text_encoder");
        TinyText.t5(40).saveEncoder(pipeline.component("text_encoder"), SavedAs.SAFETENSORS);
        refused("the denoiser needs a T5 text encoder of width 32, but "
                + pipeline.component("text_encoder/model.safetensors") + " is T5 of width 40");
    }

    @Test
    void aTextEncoderOfAnotherKind() throws Exception {
        remove("text_encoder");
        TinyText.clip(32).saveEncoder(pipeline.component("text_encoder"), SavedAs.SAFETENSORS);
        refused("the denoiser needs a T5 text encoder of width 32, but "
                + pipeline.component("text_encoder/model.safetensors") + " is CLIP of width 32");
    }

    @Test
    void aTextEncoderThatIsNone() throws Exception {
        remove("text_encoder");
        Path stray = Files.createDirectory(pipeline.component("text_encoder"));
        Files.copy(pipeline.component("vae/diffusion_pytorch_model.safetensors"), stray.resolve("model.safetensors"));
        refused(stray.resolve("model.safetensors") + " is no text encoder that is known: it has neither"
                + " embeddings.token_embedding.weight, as CLIP text encoders do, nor"
                + " encoder.block.0.layer.0.SelfAttention.q.weight, as T5 encoders do");
    }

    @Test
    void aTokenizerWithMoreIdsThanEmbeddings() throws Exception {
        remove("text_encoder");
        TinyText.t5(32, 200).saveEncoder(pipeline.component("text_encoder"), SavedAs.SAFETENSORS);
        refused("the tokenizer in " + pipeline.component("tokenizer") + " has token ids up to 296, but "
                + pipeline.component("text_encoder/model.safetensors") + " has embeddings for 200 tokens");
    }

    @Test
    void anAutoencoderOfOtherChannels() throws Exception {
        Path file = pipeline.component("vae/diffusion_pytorch_model.safetensors");
        Map<String, Tensor> weights = TinyPipeline.tensors(file);
        weights.put("decoder.conv_in.weight", new Tensor(new float[32 * 16 * 9], 32, 16, 3, 3));
        weights.put("post_quant_conv.weight", new Tensor(new float[256], 16, 16, 1, 1));
        weights.put("post_quant_conv.bias", new Tensor(new float[16], 16));
        Files.delete(file);
        SavedAs.SAFETENSORS.save(file.getParent(), "diffusion_pytorch_model", weights);
        replace("vae/config.json", "\"latent_channels\": 4", "\"latent_channels\": 16");
        refused(file + " decodes latents of 16 channels, but "
                + pipeline.component("transformer/diffusion_pytorch_model.safetensors")
                + " makes latents of 4");
    }

    @Test
    void anAutoencoderThatIsNone() throws Exception {
        Path file = pipeline.component("vae/diffusion_pytorch_model.safetensors");
        Files.delete(file);
        Files.copy(Golden.path("pixart_tiny/diffusion_pytorch_model.safetensors"), file);
        assertThatThrownBy(this::imported)
                .isInstanceOf(CheckpointException.class)
                .hasMessageContaining(file.toString())
                .hasMessageContaining("decoder.conv_in.weight");
    }

    @Test
    void anAutoencoderThatIsNotThere() throws Exception {
        remove("vae");
        refused(pipeline.folder() + " has no vae, which must be a folder there that model_index.json names;"
                + " it has scheduler, text_encoder, tokenizer, transformer");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '§',
            value = {
                "\"linear\" | \"sigmoid\" | has beta_schedule 'sigmoid', but only linear, scaled_linear, squaredcos_cap_v2 are known",
                "\"epsilon\" | \"flow_prediction\" | has use_flow_sigmas 'false', but only true is known with prediction_type flow_prediction",
                "\"trained_betas\": null | \"trained_betas\": [0.1] | : noise_schedule has 1 trained_betas, but needs train_steps 1000",
                "\"solver_order\": 2 | \"rescale_betas_zero_snr\": true | : noise_schedule has rescale_betas_zero_snr with"
                        + " prediction_type epsilon",
                "DPMSolverMultistepScheduler | PNDMScheduler | is of class 'PNDMScheduler', but must be one of DDPMScheduler, DDIM",
                "0.02 | 1.5 | : noise_schedule has train_steps 1000, beta_start 1.0E-4 and beta_end 1.5,"
                        + " but needs 0 < beta_start <= beta_end < 1",
            })
    void aScheduleThatIsNotServed(String usual, String other, String why) throws Exception {
        replace("scheduler/scheduler_config.json", usual, other);
        assertThatThrownBy(this::imported)
                .isInstanceOf(CheckpointException.class)
                .hasMessageStartingWith(
                        pipeline.component("scheduler/scheduler_config.json").toString())
                .hasMessageContaining(why.strip());
    }

    @Test
    void aDenoiserOfNoKnownFamily() throws Exception {
        Path file = pipeline.component("transformer/diffusion_pytorch_model.safetensors");
        Files.delete(file);
        Files.copy(Golden.path("t5_encoder_tiny/model.safetensors"), file);
        assertThatThrownBy(this::imported)
                .isInstanceOf(CheckpointException.class)
                .hasMessageStartingWith(file + " is of no family that is known: dit, gentron, diffussm, pixart, latte;"
                        + " its first keys are [");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '§',
            value = {
                "dit | is \"ada_norm_single\", but a DiT's is \"ada_norm_zero\"",
                "gentron | is not a GenTron checkpoint",
                "diffussm | is not a DiffuSSM checkpoint",
                "latte | is not a whole latte checkpoint; missing: temporal_transformer_blocks.0.scale_shift_table",
                "sana | family is 'sana', but must be one of dit, gentron, diffussm, pixart, latte",
            })
    void aFamilyThatTheCheckpointIsNotOf(String family, String why) {
        ImportRequest request = pipeline.request(models.resolve("refused"));
        assertThatThrownBy(() -> ModelImporter.run(request.with(Options.ofFamily(family))))
                .isInstanceOf(CheckpointException.class)
                .hasMessageContaining(why);
    }

    @Test
    void namesOfClassesThatAreTooFew() throws Exception {
        pipeline = TinyPipeline.dit(folder.resolve("dit"));
        replace("model_index.json", "\"9\": \"animal 9, species 9\"", "\"10\": \"animal 9\"");
        refused("id2label in model_index.json has no name for class 9");
        replace("model_index.json", ", \"10\": \"animal 9\"", "");
        refused("id2label in model_index.json has 9 names, but the model has 10 classes");
    }

    @Test
    void aShardThatIsNotThere() throws Exception {
        pipeline.resaved("text_encoder", SavedAs.SHARDS);
        Files.delete(pipeline.component("text_encoder/model-00002-of-00003.safetensors"));
        assertThatThrownBy(this::imported)
                .isInstanceOf(CheckpointException.class)
                .hasMessageContaining("model-00002-of-00003.safetensors");
    }

    private void refused(String sentence) {
        assertThatThrownBy(this::imported)
                .isInstanceOf(CheckpointException.class)
                .hasMessage(sentence);
    }

    private void imported() throws Exception {
        ModelImporter.run(pipeline.request(models.resolve("refused")));
    }

    private void replace(String file, String usual, String other) throws Exception {
        Path path = pipeline.component(file);
        String text = Files.readString(path);
        assertThat(text).contains(usual);
        Files.writeString(path, text.replace(usual, other));
    }

    private void remove(String component) throws Exception {
        List<Path> inside;
        try (Stream<Path> walk = Files.walk(pipeline.component(component))) {
            inside = walk.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path path : inside) {
            Files.delete(path);
        }
    }
}
