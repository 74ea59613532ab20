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
import org.junit.jupiter.params.provider.CsvSource;

class CheckpointFolderTest {

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "diffusion_pytorch_model.fp16.safetensors diffusion_pytorch_model.safetensors | diffusion_pytorch_model.safetensors",
                "model.fp16.safetensors pytorch_model.bin | model.fp16.safetensors",
                "model.safetensors pytorch_model.bin | model.safetensors",
                "model-00001-of-00002.safetensors model-00002-of-00002.safetensors model.safetensors.index.json"
                        + " | model.safetensors.index.json",
                "pytorch_model-00001-of-00002.bin pytorch_model-00002-of-00002.bin pytorch_model.bin.index.json"
                        + " | pytorch_model.bin.index.json",
                "diffusion_pytorch_model.bin optimizer.bin | diffusion_pytorch_model.bin",
                "DiT-XL-2-256x256.pt config.json | DiT-XL-2-256x256.pt",
                "last.ckpt | last.ckpt",
                "shard-1.safetensors shard-2.safetensors own.safetensors.index.json | own.safetensors.index.json",
            })
    void findsTheWeights(String names, String expected) throws Exception {
        make(names);
        assertThat(CheckpointFolder.locate(folder).weights()).isEqualTo(folder.resolve(expected));
        assertThat(CheckpointFolder.locate(folder.resolve(expected)).weights()).isEqualTo(folder.resolve(expected));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "config.json | holds 0 checkpoints, but must hold one (.safetensors, .pt,",
                "a.pt b.pt | holds 2 checkpoints (a.pt, b.pt), but must hold one",
                "a.index.json b.index.json | holds 2 checkpoints (a.index.json, b.index.json)",
                "model_index.json | it is a whole pipeline, whose components are folders in it",
            })
    void saysWhatItFoundInstead(String names, String why) throws Exception {
        make(names);
        assertThatThrownBy(() -> CheckpointFolder.locate(folder))
                .isInstanceOf(CheckpointException.class)
                .hasMessageContaining(why);
    }

    @Test
    void opensWhateverItFound() throws Exception {
        Files.copy(Golden.path("dit_tiny/model_flat.pt"), folder.resolve("model_flat.pt"));
        CheckpointFolder located = CheckpointFolder.locate(folder);
        assertThat(located.open().files()).containsExactly(located.weights());
        assertThat(located.json("config.json").isMissingNode()).isTrue();
        assertThat(located.beside("config.json")).isEqualTo(folder.resolve("config.json"));
    }

    @Test
    void refusesJsonOfAbsurdLength() throws Exception {
        make("model.safetensors");
        Files.write(folder.resolve("config.json"), new byte[JsonFile.MAX_BYTES + 1]);
        CheckpointFolder located = CheckpointFolder.locate(folder);
        assertThatThrownBy(() -> located.json("config.json"))
                .isInstanceOf(CheckpointException.class)
                .hasMessageContaining("config.json is 4194305 bytes long, but at most 4194304 are read");
    }

    private void make(String names) throws IOException {
        for (String name : names.split(" ", -1)) {
            Files.createFile(folder.resolve(name));
        }
    }
}
