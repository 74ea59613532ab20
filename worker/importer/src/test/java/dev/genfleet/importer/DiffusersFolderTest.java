package dev.genfleet.importer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.genfleet.importer.checkpoint.CheckpointException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DiffusersFolderTest {

    private static final String PIPELINE = """
            {"_class_name": "PixArtAlphaPipeline", "_diffusers_version": "0.22.0",
             "scheduler": ["diffusers", "DPMSolverMultistepScheduler"], "text_encoder": ["transformers", "T5EncoderModel"],
             "text_encoder_2": [null, null], "tokenizer": ["transformers", "T5Tokenizer"],
             "transformer": ["diffusers", "Transformer2DModel"], "vae": ["diffusers", "AutoencoderKL"],
             "safety_checker": ["stable_diffusion", "StableDiffusionSafetyChecker"]}""";

    @TempDir
    private Path folder;

    @Test
    void knowsItsComponentsAndTheirClasses() throws Exception {
        pipeline(PIPELINE, "transformer", "vae", "scheduler", "text_encoder_2", "safety_checker");
        Files.createFile(folder.resolve("transformer/diffusion_pytorch_model.safetensors"));
        DiffusersFolder pipeline = DiffusersFolder.open(folder);
        assertThat(DiffusersFolder.is(folder)).isTrue();
        assertThat(pipeline.pipeline()).isEqualTo("PixArtAlphaPipeline");
        assertThat(pipeline.classes())
                .containsOnlyKeys("transformer", "vae", "scheduler")
                .containsEntry("transformer", "Transformer2DModel");
        assertThat(pipeline.find("vae")).contains(folder.resolve("vae"));
        assertThat(pipeline.find("text_encoder")).isEmpty();
        assertThat(pipeline.weights("transformer").weights())
                .isEqualTo(folder.resolve("transformer/diffusion_pytorch_model.safetensors"));
    }

    @Test
    void saysWhichComponentIsMissing() throws Exception {
        pipeline(PIPELINE, "transformer", "vae");
        DiffusersFolder pipeline = DiffusersFolder.open(folder);
        assertThatThrownBy(() -> pipeline.weights("text_encoder"))
                .isInstanceOf(CheckpointException.class)
                .hasMessage(folder + " has no text_encoder, which must be a folder there that model_index.json names;"
                        + " it has transformer, vae");
        assertThatThrownBy(() -> pipeline.weights("vae"))
                .isInstanceOf(CheckpointException.class)
                .hasMessageContaining("vae holds 0 checkpoints");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[]",
                "7",
                "{\"vae\": 7}",
                "{\"vae\": [\"diffusers\", 7]}",
                "{\"vae\": [\"diffusers\"]}",
                "{\"vae\":"
            })
    void refusesAnIndexOfAnotherForm(String index) throws Exception {
        pipeline(index, "vae");
        assertThatThrownBy(() -> DiffusersFolder.open(folder))
                .isInstanceOf(CheckpointException.class)
                .hasMessageContaining("model_index.json");
    }

    @Test
    void needsAnIndex() {
        assertThat(DiffusersFolder.is(folder)).isFalse();
        assertThatThrownBy(() -> DiffusersFolder.open(folder))
                .isInstanceOf(CheckpointException.class)
                .hasMessageContaining("model_index.json is missing");
    }

    private void pipeline(String index, String... components) throws IOException {
        Files.writeString(folder.resolve(DiffusersFolder.INDEX), index);
        for (String component : components) {
            Files.createDirectory(folder.resolve(component));
        }
    }
}
