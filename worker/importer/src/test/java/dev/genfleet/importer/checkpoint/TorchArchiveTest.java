package dev.genfleet.importer.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.genfleet.importer.pickle.PickleWriter;
import dev.genfleet.importer.pickle.Unpickler;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Archives that PyTorch would not write. */
class TorchArchiveTest {

    private static final byte[] DATA = new byte[64];

    @TempDir
    private Path folder;

    @Test
    void readsATensor() throws Exception {
        StoredTensor tensor =
                open(map("w", new PickleWriter().tensor("0", 4, 4))).find("w").orElseThrow();
        assertThat(tensor.shape()).containsExactly(4L, 4L);
        assertThat(tensor.read().remaining()).isEqualTo(64);
    }

    @Test
    void refusesStoragesThatAreNotThere() {
        assertRefused(
                map("w", new PickleWriter().tensor("1", 4, 4)),
                "tensor w of",
                "lies in entry m/data/1, which is missing");
        assertRefused(
                map("w", new PickleWriter().tensor("0", 4, 5)),
                "tensor w of",
                "a storage of 80 bytes, but entry m/data/0 has 64");
        assertRefused(map("w", new PickleWriter().tensor("../pickle", 1)), "tensor w of", "which is missing");
    }

    @Test
    void refusesViewsThatLeaveTheirStorage() {
        assertRefused(view(16, 1, new long[] {16}, new long[] {1}), "of 64 bytes from byte 4 leaves its storage of 64");
        assertRefused(view(16, 0, new long[] {17}, new long[] {1}), "of 68 bytes from byte 0 leaves its storage of 64");
        assertRefused(view(16, Long.MAX_VALUE, new long[] {1}, new long[] {1}), "no file is that large");
        assertRefused(view(16, 0, new long[] {1L << 40, 1L << 40}, new long[] {1L << 40, 1}), "no file is that large");
        assertRefused(view(1L << 40, 0, new long[] {1L << 40}, new long[] {1}), "a storage of 4398046511104 bytes");
        assertRefused(view(Long.MAX_VALUE, 0, new long[] {1}, new long[] {1}), "only dense tensors");
        assertRefused(view(16, -1, new long[] {1}, new long[] {1}), "only dense tensors");
        assertRefused(view(16, 0, new long[] {-1}, new long[] {1}), "only dense tensors");
        assertRefused(view(16, 0, new long[] {1, 1}, new long[] {1}), "only dense tensors");
        assertRefused(view(16, 0, new long[] {4, 4}, new long[] {8, 1}), "has strides [8, 1]");
        assertRefused(view(16, 0, new long[65], new long[65]), "only dense tensors");
    }

    @Test
    void refusesOtherByteOrders() throws Exception {
        byte[] pickle = map("w", new PickleWriter().tensor("0", 4));
        for (String order : new String[] {"big", "", "littler", "little\nand more than that"}) {
            byte[] archive = archive(pickle).entry("m/byteorder", ascii(order)).end();
            assertThatThrownBy(() -> open(archive))
                    .isInstanceOf(CheckpointException.class)
                    .hasMessageContaining("has byteorder '")
                    .hasMessageContaining("only little is read");
        }
        assertThat(open(archive(pickle).entry("m/byteorder", ascii("little")).end())
                        .tensors())
                .hasSize(1);
    }

    @Test
    void refusesArchivesOfSomethingElse() {
        assertThatThrownBy(() -> open(new ZipWriter().entry("mimetype", DATA).end()))
                .hasMessageContaining("a zip archive with 0 entries NAME/data.pkl");
        byte[] pickle = map("w", new PickleWriter().tensor("0", 4));
        assertThatThrownBy(
                        () -> open(archive(pickle).entry("n/data.pkl", pickle).end()))
                .hasMessageContaining("a zip archive with 2 entries NAME/data.pkl");
    }

    @Test
    void refusesAPickleThatIsTooLong() {
        assertRefused(new byte[Unpickler.MAX_BYTES + 1], "is 33554433 bytes long, but at most 33554432 are read");
    }

    @Test
    void saysWhatIsWrongWithAPickle() {
        assertRefused(new byte[] {'N'}, "entry m/data.pkl of", "is no sound pickle: it ends in the middle");
        assertRefused(new PickleWriter().whole(1).end(), "holds no state dict", "it is a number");
        assertRefused(new PickleWriter().op("}").end(), "it is a map without names");
        assertRefused(
                new PickleWriter()
                        .op("}(")
                        .text("epoch")
                        .whole(1)
                        .text("model")
                        .op("Nu")
                        .end(),
                "it is a map of epoch, model, and its model is nothing");
        assertRefused(
                new PickleWriter()
                        .op("}")
                        .text("evil\nname")
                        .global("os", "system")
                        .op(")Rs")
                        .end(),
                "it is a map of evil\uFFFDname (what os.system would return)");
    }

    /** A map that holds itself under every name that is searched, and one that 15 names lead to at every level. */
    @Test
    void searchesMapsThatHoldEachOtherOnce() {
        PickleWriter circle = new PickleWriter().op("}q\u0000(");
        StateDict.NESTS.forEach(name -> circle.text(name).op("h\u0000"));
        assertRefused(circle.op("u").end(), "holds no state dict", "ema, ema_state_dict");

        PickleWriter shared = new PickleWriter().op("}q\u0001(");
        for (int i = 0; i < 50_000; i++) {
            shared.text("k" + i).op("N");
        }
        shared.op("u0}q\u0002(");
        StateDict.NESTS.forEach(name -> shared.text(name).op("h\u0001"));
        shared.op("u0}(");
        StateDict.NESTS.forEach(name -> shared.text(name).op("h\u0002"));
        assertRefused(shared.op("u").end(), "holds no state dict");
    }

    @Test
    void readsTheOrderedDictOfPython2() throws Exception {
        byte[] pickle = new PickleWriter()
                .global("collections", "OrderedDict")
                .op("(]](")
                .text("w")
                .tensor("0", 16)
                .op("eatR")
                .end();
        assertThat(open(pickle).find("w").orElseThrow().shape()).containsExactly(16L);
    }

    private static byte[] view(long elements, long offset, long[] shape, long[] strides) {
        return map(
                "w",
                new PickleWriter()
                        .global("torch._utils", "_rebuild_tensor_v2")
                        .op("(")
                        .storage("FloatStorage", "0", elements)
                        .whole(offset)
                        .tuple(shape)
                        .tuple(strides)
                        .endTensor());
    }

    /** A map of one entry: the value written is moved behind its key. */
    private static byte[] map(String key, PickleWriter value) {
        byte[] written = value.op("q\u0000").end();
        byte[] rest = Arrays.copyOf(written, written.length - 1);
        return new PickleWriter()
                .op(new String(rest, StandardCharsets.ISO_8859_1))
                .op("0}")
                .text(key)
                .op("h\u0000s")
                .end();
    }

    private static ZipWriter archive(byte[] pickle) {
        return new ZipWriter().entry("m/data.pkl", pickle).entry("m/data/0", DATA);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private void assertRefused(byte[] pickle, String... parts) {
        assertThatThrownBy(() -> open(archive(pickle).end()))
                .isInstanceOf(CheckpointException.class)
                .hasMessageContainingAll(parts)
                .hasMessageContaining("a.pt");
    }

    private Checkpoint open(byte[] pickleOrArchive) throws CheckpointException, IOException {
        boolean archive = pickleOrArchive[0] == 'P' && pickleOrArchive[1] == 'K';
        return Checkpoint.open(Files.write(
                folder.resolve("a.pt"),
                archive ? pickleOrArchive : archive(pickleOrArchive).end()));
    }
}
