package dev.genfleet.importer.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.genfleet.importer.SafetensorsWriter;
import dev.genfleet.importer.Tensor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class NonFiniteScanTest {

    /** Of more than one block, and not of whole words. */
    private static final int LENGTH = 300_001;

    @TempDir
    private Path folder;

    @ParameterizedTest
    @EnumSource(names = {"F32", "F16", "BF16"})
    void countsNanAndInfinityPerTensor(DataType type) throws Exception {
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        tensors.put("z", filled(Map.of(0, Float.NaN, 1, Float.POSITIVE_INFINITY, LENGTH - 1, Float.NEGATIVE_INFINITY)));
        tensors.put("sound", filled(Map.of(7, 0f, 8, -0f, 9, 65_504f, 10, -65_504f, 11, 6e-8f)));
        tensors.put("a", filled(Map.of(LENGTH - 1, Float.NaN)));
        Checkpoint checkpoint =
                Safetensors.open(SafetensorsWriter.write(folder.resolve("t.safetensors"), tensors, type));
        AtomicLong scanned = new AtomicLong();
        assertThat(new NonFiniteScan(scanned::addAndGet).of(checkpoint.tensors()))
                .containsExactly(new NonFinite("a", 1, 0), new NonFinite("z", 1, 2));
        assertThat(scanned).hasValue(3L * LENGTH * type.bytes());
        assertThat(NonFiniteScan.bytes(checkpoint.tensors())).isEqualTo(scanned.get());
    }

    /** Every 16-bit value, so that no bit pattern is mistaken, in each place of a word. */
    @ParameterizedTest
    @EnumSource(names = {"F16", "BF16"})
    void knowsEveryBitPattern(DataType type) throws Exception {
        ByteBuffer bytes = ByteBuffer.allocate(1 << 17).order(ByteOrder.LITTLE_ENDIAN);
        long nans = 0;
        long infinities = 0;
        for (int bits = 0; bits < 1 << 16; bits++) {
            bytes.putShort((short) bits);
            float value = type == DataType.F16 ? Float.float16ToFloat((short) bits) : Float.intBitsToFloat(bits << 16);
            nans += Float.isNaN(value) ? 1 : 0;
            infinities += Float.isInfinite(value) ? 1 : 0;
        }
        assertThat(scan(type, bytes.array())).containsExactly(new NonFinite("t", nans, infinities));
        FloatBits form = FloatBits.of(type).orElseThrow();
        for (int bits = 0; bits < 1 << 16; bits++) {
            for (int shift = 0; shift < Long.SIZE; shift += Short.SIZE) {
                long word = (0x3c00_3c00_3c00_3c00L & ~(0xffffL << shift)) | ((long) bits << shift);
                assertThat(form.allFinite(new long[] {word}, 1))
                        .isEqualTo(form.nans(word) + form.infinities(word) == 0);
            }
        }
    }

    @Test
    void readsDoublesAndPassesWholeNumbersOver() throws Exception {
        ByteBuffer doubles = ByteBuffer.allocate(40).order(ByteOrder.LITTLE_ENDIAN);
        doubles.putDouble(Double.MAX_VALUE)
                .putDouble(Double.NaN)
                .putDouble(Double.NEGATIVE_INFINITY)
                .putDouble(-Double.MIN_VALUE)
                .putDouble(Double.NaN);
        assertThat(scan(DataType.F64, doubles.array())).containsExactly(new NonFinite("t", 2, 1));
        byte[] ones = new byte[40];
        Arrays.fill(ones, (byte) 0xff);
        assertThat(scan(DataType.I64, ones)).isEmpty();
    }

    @Test
    void readsTensorsWhereTheyLie() throws Exception {
        Checkpoint checkpoint = Checkpoint.open(Resources.torch("flat_legacy.pt"));
        assertThat(new NonFiniteScan(_ -> {}).of(checkpoint.tensors())).isEmpty();
    }

    private List<NonFinite> scan(DataType type, byte[] content) throws IOException {
        Path file = Files.write(folder.resolve("t"), content);
        long elements = content.length / type.bytes();
        return new NonFiniteScan(_ -> {}).of(List.of(new StoredTensor("t", type, List.of(elements), file, 0)));
    }

    private static Tensor filled(Map<Integer, Float> values) {
        float[] floats = new float[LENGTH];
        for (int i = 0; i < LENGTH; i++) {
            floats[i] = (i % 201 - 100) / 7f;
        }
        values.forEach((at, value) -> floats[at] = value);
        return new Tensor(floats, LENGTH);
    }
}
