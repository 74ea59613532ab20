package dev.genfleet.importer.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ZipDirectoryTest {

    private static final byte[] FOUR = {1, 2, 3, 4};

    @TempDir
    private Path folder;

    @Test
    void findsWhereEachRecordLies() throws Exception {
        Map<String, ZipRecord> records = records(new ZipWriter()
                .entry("m/", new byte[0])
                .entry("m/a", FOUR)
                .entry("m/b", FOUR)
                .end());
        assertThat(records).containsOnlyKeys("m/a", "m/b");
        assertThat(records.get("m/a")).isEqualTo(new ZipRecord("m/a", 0, 32 + 33, 4));
        assertThat(records.get("m/b")).isEqualTo(new ZipRecord("m/b", 0, 32 + 37 + 33, 4));
    }

    @Test
    void toleratesCommentsAndCompressedEntriesThatNobodyNeeds() throws Exception {
        Path file = folder.resolve("z");
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
            zip.setComment("a comment");
            zip.putNextEntry(new ZipEntry("packed"));
            zip.write(new byte[1000]);
        }
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            assertThat(new ZipDirectory(file, channel).records().get("packed").method())
                    .isEqualTo(ZipEntry.DEFLATED);
        }
    }

    /** As a record behind the first 4 GiB is described, here with small values. */
    @Test
    void readsSizesAndOffsetsOf64Bits() throws Exception {
        ZipWriter zip = new ZipWriter();
        zip.entry("m/a", FOUR);
        byte[] archive = large(zip.end(), "m/a", 4, 4, 0);
        assertThat(records(archive).get("m/a")).isEqualTo(new ZipRecord("m/a", 0, 33, 4));
        assertRefused(large(zip.end(), "m/a", 4, 4, 1L << 40), "begins at byte 1099511627776");
        assertRefused(large(zip.end(), "m/a", 4, 4, -1), "begins at byte -1");
        assertRefused(large(zip.end(), "m/a", 1L << 40, 1L << 40, 0), "of 1099511627776 bytes at byte 0");
        assertRefused(large(zip.end(), "m/a", -9, -9, 0), "of -9 bytes at byte 0");
    }

    @Test
    void refuses64BitSizesThatAreNotThere() {
        assertRefused(
                new ZipWriter()
                        .listed("m/a", -1, -1, -1, new byte[] {1, 0, 8, 0, 0, 0})
                        .end(),
                "announces 64-bit sizes that it does not have");
    }

    @ParameterizedTest
    @ValueSource(strings = {"../a", "m/../a", "m/..", "/a", "C:a", "m\\a", "m/\u0001", ""})
    void refusesNamesThatLeaveTheArchive(String name) {
        assertThatThrownBy(() -> records(new ZipWriter().entry(name, FOUR).end()))
                .isInstanceOf(CheckpointException.class)
                .hasMessageContaining("has a name that")
                .hasMessageContaining("z");
    }

    @Test
    void refusesContradictions() {
        assertRefused(new ZipWriter().entry("m/a", FOUR).entry("m/a", FOUR).end(), "entry m/a", "is listed twice");
        assertRefused(new ZipWriter().flags(1).entry("m/a", FOUR).end(), "entry m/a", "is encrypted");
        assertRefused(
                new ZipWriter().announced(3).entry("m/a", FOUR).end(), "is stored as it is, but has sizes 3 and 4");
        assertRefused(
                new ZipWriter().announced(99).entry("m/a", FOUR).end(), "is stored as it is, but has sizes 99 and 4");
        assertRefused(
                new ZipWriter().localName("m/b").entry("m/a", FOUR).end(),
                "is described one way in the directory and another at its place");
        assertRefused(
                new ZipWriter()
                        .entry("m/a", FOUR)
                        .listed("m/b", 4, 4, 5, new byte[0])
                        .end(),
                "has no header there");
        assertRefused(
                new ZipWriter()
                        .entry("m/a", FOUR)
                        .listed("m/b", 4, 4, 4_000_000_000L, new byte[0])
                        .end(),
                "where no record can be");
    }

    /** Many names for the same bytes is how zip bombs are built. */
    @Test
    void refusesEntriesThatShareBytes() {
        byte[] inner = new ZipWriter().entry("m/b", FOUR).end();
        ZipWriter outer = new ZipWriter().entry("m/a", inner);
        assertRefused(outer.listed("m/b", 4, 4, 33, new byte[0]).end(), "entry m/b", "overlaps the entry before it");
    }

    @Test
    void refusesDamagedEnds() {
        byte[] whole = new ZipWriter().entry("m/a", FOUR).end();
        int end = whole.length - 22;
        assertRefused(Arrays.copyOf(whole, end), "it is truncated");
        assertRefused(Arrays.copyOf(whole, whole.length + 1), "it is truncated");
        assertRefused(patched(whole, end + 10, (byte) 2), "more entries than its directory holds");
        assertRefused(patched(whole, end + 10, (byte) 0), "bytes after the last of 0 entries");
        assertRefused(patched(whole, end + 13, (byte) 7), "its directory lies outside it");
        assertRefused(patched(whole, end + 4, (byte) 1), "is one part of a zip archive in several");
        assertRefused(patched(whole, end + 16, (byte) 0), "is a damaged zip archive");
    }

    private static byte[] patched(byte[] whole, int at, byte value) {
        byte[] patched = whole.clone();
        patched[at] = value;
        return patched;
    }

    /** Replaces the directory of an archive of one entry by one with 64-bit values. */
    private static byte[] large(byte[] archive, String name, long uncompressed, long compressed, long offset) {
        byte[] extra = ZipWriter.little(28)
                .putShort((short) 1)
                .putShort((short) 24)
                .putLong(uncompressed)
                .putLong(compressed)
                .putLong(offset)
                .array();
        byte[] end = new ZipWriter().listed(name, -1, -1, -1, extra).end();
        int start = ByteBuffer.wrap(archive).order(ByteOrder.LITTLE_ENDIAN).getInt(archive.length - 22 + 16);
        byte[] joined = Arrays.copyOf(archive, start + end.length);
        System.arraycopy(end, 0, joined, start, end.length);
        ByteBuffer.wrap(joined).order(ByteOrder.LITTLE_ENDIAN).putInt(joined.length - 22 + 16, start);
        return joined;
    }

    private void assertRefused(byte[] archive, String... parts) {
        assertThatThrownBy(() -> records(archive))
                .isInstanceOf(CheckpointException.class)
                .hasMessageContainingAll(parts)
                .hasMessageContaining(folder.resolve("z").toString());
    }

    private Map<String, ZipRecord> records(byte[] archive) throws CheckpointException, IOException {
        Path file = Files.write(folder.resolve("z"), archive);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            return new ZipDirectory(file, channel).records();
        }
    }
}
