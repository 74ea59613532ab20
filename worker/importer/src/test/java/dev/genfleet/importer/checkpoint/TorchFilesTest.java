package dev.genfleet.importer.checkpoint;

import static dev.genfleet.importer.checkpoint.Resources.assertSame;
import static dev.genfleet.importer.checkpoint.Resources.torch;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.genfleet.importer.Golden;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files as PyTorch writes them. */
class TorchFilesTest {

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"model_flat.pt", "model_train_ckpt.pt"})
    void readsAPublishedModelAsItsSafetensors(String name) throws Exception {
        assertSame(
                Checkpoint.open(Golden.path("dit_tiny/" + name)),
                Safetensors.open(Golden.path("dit_tiny/model_facebook.safetensors")));
    }

    /** Plain, trained (where {@code model} differs from {@code ema}), wrapped, beside a call; in all types of weights. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "flat.pt",
                "flat_legacy.pt",
                "flat_protocol4.pt",
                "flat_legacy_protocol5.pt",
                "restored.pt",
                "train.pt",
                "train_legacy.pt",
                "call_beside.pt",
                "call_beside_legacy.pt",
                "flat.safetensors",
            })
    void readsEveryFormIdentically(String name) throws Exception {
        assertSame(Checkpoint.open(torch(name)), Safetensors.open(torch("flat.safetensors")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"flat.pt", "flat_legacy.pt"})
    void sharesStoragesInPlace(String name) throws Exception {
        Checkpoint checkpoint = Checkpoint.open(torch(name));
        StoredTensor whole = checkpoint.find("tied.a").orElseThrow();
        StoredTensor rows = checkpoint.find("tied.b").orElseThrow();
        assertThat(rows.offset() - whole.offset()).isEqualTo(2 * 6 * 4);
        assertThat(checkpoint.files()).containsExactly(torch(name));
    }

    @Test
    void readsTypesThatHaveNoStorageClass() throws Exception {
        Checkpoint checkpoint = Checkpoint.open(torch("newer_types.pt"));
        assertThat(checkpoint.find("eight").orElseThrow().type()).isEqualTo(DataType.F8_E4M3);
        StoredTensor sixteen = checkpoint.find("sixteen").orElseThrow();
        assertThat(sixteen.type()).isEqualTo(DataType.U16);
        assertThat(sixteen.read().getShort(2)).isEqualTo((short) 2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"flat.pt", "flat_legacy.pt", "flat.safetensors"})
    void goesByContentAndNotByName(String name) throws Exception {
        for (String other : new String[] {"a.safetensors", "a.pt", "a.bin", "a.index.json", "a"}) {
            Path renamed = Files.copy(torch(name), folder.resolve(other));
            assertSame(Checkpoint.open(renamed), Checkpoint.open(torch(name)));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "call_as_model.pt | holds no state dict | its model is what posix.system would return, which is never called",
                "call_alone.pt | holds no state dict | it is what posix.system would return, which is never called",
                "call_alone_legacy.pt | holds no state dict | it is what posix.system would return, which is never called",
                "module.pt | holds no state dict | torch.nn.modules.linear.Linear would return",
                "turned.pt | tensor turned of | of shape [6, 4] has strides [1, 6], but must lie row by row",
                "sparse.pt | tensor sparse of | is what torch._utils._rebuild_sparse_tensor would return",
                "complex.pt | tensor complex of | only dense tensors",
                "program.pt | is a TorchScript program | a state dict is needed",
                "compressed.pt | is compressed | save it anew with torch.save",
            })
    void saysWhyAFileCannotBeUsed(String name, String what, String why) {
        assertThatThrownBy(() -> Checkpoint.open(torch(name)))
                .isInstanceOf(CheckpointException.class)
                .hasMessageContaining(name)
                .hasMessageContaining(what)
                .hasMessageContaining(why)
                .extracting(Throwable::getMessage)
                .matches(message -> !message.contains("\n"));
    }
}
