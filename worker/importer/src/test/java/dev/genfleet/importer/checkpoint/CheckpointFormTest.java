package dev.genfleet.importer.checkpoint;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CheckpointFormTest {

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '§',
            value = {
                "model.pt | §§ | model.pt is empty; readable are .safetensors, PyTorch's .pt",
                "model.pt | something else | model.pt is no checkpoint; readable are .safetensors",
                "model.gguf | GGUF0000 | is a GGUF file; readable are",
                "model.safetensors | version https://git-lfs.github.com/spec/v1 | is a pointer of Git LFS",
                "model.bin | <!DOCTYPE html> | is a web page or XML",
                "model.h5 | \u0089HDF1234 | is an HDF5 file",
                "model.npy | \u0093NUMPY | is a NumPy array",
                "model.tgz | §\u001f\u008b§ | is compressed with gzip",
                "model.safetensors | something else entirely | announces a header of",
                "model.pt | PK\u0003\u0004 | it is truncated",
                "model.pt | \u0080\u0002K\u0001. | is a pickle, but not one that torch.save wrote",
                "config.json | {\"a\": 1} | is JSON, but no index of shards",
                "config.json | {\"a\": | is not JSON",
            })
    void saysWhatAFileIsAndWhatIsReadable(String name, String content, String why) throws Exception {
        Path file = Files.write(folder.resolve(name), content.getBytes(StandardCharsets.ISO_8859_1));
        assertThatThrownBy(() -> Checkpoint.open(file))
                .isInstanceOf(CheckpointException.class)
                .hasMessageStartingWith(file.toString())
                .hasMessageContaining(why);
    }
}
