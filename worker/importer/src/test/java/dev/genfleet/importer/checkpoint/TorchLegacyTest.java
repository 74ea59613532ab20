package dev.genfleet.importer.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.genfleet.importer.pickle.PickleWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Legacy files that PyTorch would not write, or no longer does. */
class TorchLegacyTest {

    @TempDir
    private Path folder;

    private PickleWriter magic = magic();
    private PickleWriter version = new PickleWriter().whole(1001);
    private PickleWriter system =
            new PickleWriter().op("}").text("little_endian").raw(0x88).op("s");
    private PickleWriter object =
            new PickleWriter().op("}").text("w").tensor("7", 4).op("s");
    private PickleWriter keys = new PickleWriter().op("](").text("7").op("e");
    private long elements = 4;

    @Test
    void readsATensor() throws Exception {
        assertThat(open(16).find("w").orElseThrow().length()).isEqualTo(16);
    }

    /** As PyTorch 0.3 wrote tensors that share memory. */
    @Test
    void readsViewsIntoStorages() throws Exception {
        object = new PickleWriter()
                .op("}")
                .text("w")
                .global("torch._utils", "_rebuild_tensor")
                .op("((")
                .text("storage")
                .global("torch", "FloatStorage")
                .text("7")
                .text("cpu")
                .whole(4)
                .op("(")
                .text("8")
                .whole(2)
                .whole(2)
                .op("ttQ")
                .whole(1)
                .tuple(1)
                .tuple(1)
                .op("tRs");
        StoredTensor view = open(16).find("w").orElseThrow();
        assertThat(view.read().get(0)).isEqualTo((byte) 12);
    }

    @Test
    void refusesWhatDoesNotFitTogether() {
        assertRefused(15, "is truncated: storage 7 has 16 bytes, but only 15 follow");
        elements = 5;
        assertRefused(20, "stores 5 elements of storage 7, but describes 4");
        elements = 4;
        keys = new PickleWriter().op("](").text("8").op("e");
        assertRefused(16, "lists a storage that it does not describe: 8");
        keys = new PickleWriter().op("]");
        assertRefused(16, "tensor w of", "lies in storage 7, which is missing");
        keys = new PickleWriter().whole(7);
        assertRefused(16, "has storages whose list is a number");
    }

    @Test
    void refusesStoragesDescribedInTwoWays() {
        object = new PickleWriter()
                .op("}(")
                .text("a")
                .tensor("7", 4)
                .text("b")
                .tensor("7", 5)
                .op("u");
        assertRefused(16, "tensor b of", "lies in storage 7, which the file describes in two ways");
    }

    @Test
    void refusesOtherVersionsAndByteOrders() {
        system = new PickleWriter().op("}").text("little_endian").raw(0x89).op("s");
        assertRefused(16, "is not said to be little-endian");
        version = new PickleWriter().whole(1002);
        assertRefused(16, "of another version of PyTorch's legacy form than 1001");
        magic = new PickleWriter().raw(0x8a, 1, 9);
        assertRefused(16, "is a pickle, but not one that torch.save wrote");
    }

    private static PickleWriter magic() {
        byte[] number = TorchLegacy.MAGIC.toByteArray();
        PickleWriter pickle = new PickleWriter().raw(0x8a, number.length);
        for (int i = number.length - 1; i >= 0; i--) {
            pickle.raw(number[i]);
        }
        return pickle;
    }

    private void assertRefused(int bytes, String... parts) {
        assertThatThrownBy(() -> open(bytes))
                .isInstanceOf(CheckpointException.class)
                .hasMessageContainingAll(parts)
                .hasMessageContaining("legacy.bin");
    }

    private Checkpoint open(int bytes) throws CheckpointException, IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (PickleWriter pickle : new PickleWriter[] {magic, version, system, object, keys}) {
            out.writeBytes(pickle.end());
        }
        out.writeBytes(ZipWriter.little(Long.BYTES).putLong(elements).array());
        for (int i = 0; i < bytes; i++) {
            out.write(i);
        }
        return Checkpoint.open(Files.write(folder.resolve("legacy.bin"), out.toByteArray()));
    }
}
