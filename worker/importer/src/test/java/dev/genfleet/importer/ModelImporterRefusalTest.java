package dev.genfleet.importer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.genfleet.importer.checkpoint.CheckpointException;
import dev.genfleet.job.GuidanceInterval;
import dev.genfleet.job.GuidanceSpec;
import dev.genfleet.model.ModelManifest;
import dev.genfleet.wire.Json;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What stands beside a checkpoint is believed only when it makes sense, and a refused import leaves nothing behind. */
class ModelImporterRefusalTest {

    @TempDir
    private Path folder;

    private Path dit;
    private Path autoencoder;
    private Path models;

    @BeforeEach
    void copyCheckpoints() throws IOException {
        dit = Files.createDirectory(folder.resolve("dit"));
        Files.copy(Golden.path("dit_tiny/model_facebook.safetensors"), dit.resolve("model.safetensors"));
        Files.copy(Golden.path("dit_tiny/config.json"), dit.resolve("config.json"));
        autoencoder = Files.createDirectory(folder.resolve("vae"));
        for (String name : new String[] {"config.json", "diffusion_pytorch_model.safetensors"}) {
            Files.copy(Golden.path("vae_tiny/" + name), autoencoder.resolve(name));
        }
        models = Files.createDirectory(folder.resolve("models"));
    }

    @AfterEach
    void leavesNothingHalfDone() throws IOException {
        try (Stream<Path> left = Files.list(models)) {
            assertThat(left).noneMatch(path -> path.getFileName().toString().startsWith("."));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '§',
            value = {
                "dit/labels.json | [\"only one\"] | has 1 names, but the model has 10 classes",
                "dit/labels.json | {\"0\": | is not JSON",
                "dit/labels.json | 7 | has 0 names",
                "dit/config.json | {\"num_heads\": 4, \"num_classes\": 7} | the label table has 11 rows",
                "dit/scheduler_config.json | {\"beta_schedule\": \"sigmoid\"} | has beta_schedule 'sigmoid'",
                "dit/scheduler_config.json | {\"_class_name\": \"DDIMScheduler\", \"steps_offset\": 999}"
                        + " | reach beyond the last of 1000 training steps",
                "dit/scheduler_config.json | {\"beta_end\": 2} | 0 < beta_start <= beta_end < 1",
                "dit/generation_config.json | {\"scheduler\": \"heun\"} | must be one of ddpm, ddim",
                "dit/generation_config.json | {\"scheduler\": \"flow_euler\"} | prediction is epsilon, which is taken by",
                "dit/generation_config.json | {\"steps\": 0} | must be at least 1",
                "dit/generation_config.json | {\"guidance_rescale\": 1.5} | guidance_rescale is 1.5, but must be between 0 and 1",
                "dit/generation_config.json | {\"guidance_rescale\": \"x\"} | guidance_rescale is NaN, but must be between 0 and 1",
                "dit/generation_config.json | {\"guidance_interval\": [0.8, 0.1]} | the smaller first",
                "dit/generation_config.json | {\"guidance_interval\": [0.8]} | must be two numbers",
                "vae/config.json | {} | must be multiples of norm_num_groups, 32",
                "vae/config.json | {\"block_out_channels\": [16, 33], \"norm_num_groups\": 8} | must be multiples",
                "vae/config.json | {\"layers_per_block\": 1, \"norm_num_groups\": 8} | not part of the model: decoder",
                "vae/config.json | {\"block_out_channels\": [8, 32], \"layers_per_block\": 2, \"norm_num_groups\": 8}"
                        + " | has shape [16, 32, 3, 3] where [8, 32, 3, 3] is expected",
                "vae/config.json | {\"block_out_channels\": [16], \"latent_channels\": 16, \"norm_num_groups\": 8}"
                        + " | decodes latents of 16 channels",
            })
    void namesTheFileAndWhatIsWrong(String file, String content, String why) throws Exception {
        Files.writeString(folder.resolve(file), content);
        assertThatThrownBy(() -> importing("refused"))
                .isInstanceOf(CheckpointException.class)
                .hasMessageContaining(why);
        assertThat(models.resolve("refused")).doesNotExist();
    }

    @Test
    void refusesATruncatedCheckpoint() throws Exception {
        byte[] whole = Files.readAllBytes(dit.resolve("model.safetensors"));
        Files.write(dit.resolve("model.safetensors"), Arrays.copyOf(whole, whole.length - 1));
        assertThatThrownBy(() -> importing("truncated"))
                .isInstanceOf(CheckpointException.class)
                .hasMessageContaining("tensor y_embedder.embedding_table.weight")
                .hasMessageContaining("it is truncated");
    }

    @Test
    void neverWritesOverAPackage() throws Exception {
        importing("taken");
        byte[] before = Files.readAllBytes(models.resolve("taken/model.json"));
        assertThatThrownBy(() -> importing("taken")).isInstanceOf(FileAlreadyExistsException.class);
        assertThat(models.resolve("taken/model.json")).hasBinaryContent(before);
    }

    @Test
    void saysWhereItLookedInVain() {
        assertThatThrownBy(() -> ModelImporter.run(
                        ImportRequest.of(folder.resolve("nowhere"), autoencoder, models.resolve("m"), "m")))
                .hasMessageContaining("nowhere is neither a checkpoint file nor a folder that holds one");
        assertThatThrownBy(() -> ModelImporter.run(ImportRequest.of(models, autoencoder, models.resolve("m"), "m")))
                .hasMessageContaining("models holds 0 checkpoints");
    }

    @Test
    void takesDefaultsFromBesideTheCheckpoint() throws Exception {
        Files.writeString(
                dit.resolve("generation_config.json"),
                "{\"scheduler\": \"ddim\", \"steps\": 50, \"guidance\": \"cfg\", \"guidance_scale\": 2.5,"
                        + " \"guidance_rescale\": 0.7, \"guidance_interval\": [0.1, 0.8]}");
        Files.writeString(dit.resolve("scheduler_config.json"), "{\"num_train_timesteps\": 500}");
        importing("defaults");
        ModelManifest manifest =
                Json.read(Files.readAllBytes(models.resolve("defaults/model.json")), ModelManifest.class);
        assertThat(manifest.defaults().sampler().steps()).isEqualTo(50);
        assertThat(manifest.defaults().sampler().scheduler().wireName()).isEqualTo("ddim");
        assertThat(manifest.defaults().guidance())
                .isEqualTo(new GuidanceSpec(
                        GuidanceSpec.Kind.CFG,
                        2.5,
                        Optional.empty(),
                        Optional.of(0.7),
                        Optional.of(new GuidanceInterval(0.1, 0.8))));
        assertThat(manifest.noiseSchedule().trainSteps()).isEqualTo(500);
    }

    private ImportSummary importing(String name) throws Exception {
        return ModelImporter.run(ImportRequest.of(dit, autoencoder, models.resolve(name), name));
    }
}
