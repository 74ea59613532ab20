package dev.genfleet.worker.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.genfleet.engine.Checkpoint;
import dev.genfleet.engine.SampleState;
import dev.genfleet.worker.checkpoint.CheckpointFormat.Reading;
import dev.genfleet.worker.testing.SampleJobs;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CheckpointFormatTest {

    private static final Fit FIT = new Fit("sha256:" + "0a".repeat(32), "5c".repeat(32));
    private static final Checkpoint CHECKPOINT = new Checkpoint(List.of(
            new SampleState(17, new float[] {1.5f, -0f, Float.MIN_VALUE}, new float[][] {{4, 5, 6}, {7, 8, 9}}),
            new SampleState(50, new float[] {-1e38f, 0.1f, 3}, new float[][] {{0, 0, 0}, {1, 1, 1}})));

    @Test
    void what_is_written_is_read_bit_by_bit() {
        byte[] bytes = CheckpointFormat.write(CHECKPOINT, FIT);
        assertThat(bytes).hasSize((int) CheckpointFormat.size(CHECKPOINT, FIT));
        assertSame(read(bytes));
    }

    /** Made by this format's first version; it stays readable as long as the version number is the same. */
    @Test
    void version_1_is_read() throws Exception {
        try (InputStream golden = CheckpointFormatTest.class.getResourceAsStream("/golden/checkpoint-v1.bin")) {
            byte[] bytes = golden.readAllBytes();
            assertSame(read(bytes));
            assertThat(CheckpointFormat.write(CHECKPOINT, FIT)).isEqualTo(bytes);
        }
    }

    @Test
    void every_truncation_is_told() {
        byte[] bytes = CheckpointFormat.write(CHECKPOINT, FIT);
        for (int length = 0; length < bytes.length; length++) {
            assertThat(CheckpointFormat.read(Arrays.copyOf(bytes, length), FIT)).isInstanceOf(Reading.Unusable.class);
        }
        assertThat(CheckpointFormat.read(Arrays.copyOf(bytes, bytes.length + 4), FIT))
                .isInstanceOf(Reading.Unusable.class);
    }

    @Test
    void every_changed_byte_is_told() {
        byte[] bytes = CheckpointFormat.write(CHECKPOINT, FIT);
        for (int at = 0; at < bytes.length; at++) {
            byte[] changed = bytes.clone();
            changed[at] ^= (byte) (1 << at % 8);
            assertThat(CheckpointFormat.read(changed, FIT)).as("byte %d", at).isInstanceOf(Reading.Unusable.class);
        }
    }

    /** Someone who computes the checksum too gets no further than a reason, and nothing large is allocated for them. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void hostile_counts_with_a_right_checksum_are_told(long seed) {
        Random random = new Random(seed);
        byte[] bytes = CheckpointFormat.write(CHECKPOINT, FIT);
        int counts = bytes.length - Integer.BYTES - 2 * (3 * Integer.BYTES + 9 * Float.BYTES) - Integer.BYTES;
        List<Integer> places = List.of(counts, counts + 4, counts + 8, counts + 12);
        int[] values = {-1, 0, 1, 3, 1 << 20, Integer.MAX_VALUE, Integer.MIN_VALUE};
        for (int round = 0; round < 2000; round++) {
            ByteBuffer changed = ByteBuffer.wrap(bytes.clone()).order(ByteOrder.LITTLE_ENDIAN);
            for (int place : places) {
                if (random.nextBoolean()) {
                    changed.putInt(place, values[random.nextInt(values.length)]);
                }
            }
            switch (CheckpointFormat.read(sealed(changed), FIT)) {
                case Reading.Usable(Checkpoint checkpoint) ->
                    assertThat(checkpoint.samples()).allSatisfy(sample -> assertThat(sample.latents().length)
                            .isBetween(1, 18));
                case Reading.Unusable(String reason) -> assertThat(reason).isNotBlank();
            }
        }
    }

    @Test
    void reasons_are_sentences_about_the_checkpoint() {
        byte[] bytes = CheckpointFormat.write(CHECKPOINT, FIT);
        assertThat(CheckpointFormat.read(bytes, new Fit("sha256:other", FIT.specSha256())))
                .isEqualTo(new Reading.Unusable("it is of a model with another digest"));
        assertThat(CheckpointFormat.read(bytes, Fit.of(SampleJobs.job("default").spec())))
                .isEqualTo(new Reading.Unusable("it is of a model with another digest"));
        assertThat(CheckpointFormat.read(bytes, new Fit(FIT.modelDigest(), "00".repeat(32))))
                .isEqualTo(new Reading.Unusable("it is of another spec"));
        bytes[8] = 2;
        assertThat(CheckpointFormat.read(bytes, FIT))
                .isEqualTo(new Reading.Unusable("it has version 2 of the format, not 1"));
        assertThat(CheckpointFormat.read(new byte[40], FIT)).isEqualTo(new Reading.Unusable("it is no checkpoint"));
        assertThat(CheckpointFormat.read(new byte[3], FIT)).isEqualTo(new Reading.Unusable("it ends too early"));
    }

    private static byte[] sealed(ByteBuffer changed) {
        int end = changed.limit() - Integer.BYTES;
        CRC32C crc = new CRC32C();
        crc.update(changed.slice(0, end));
        byte[] bytes = new byte[changed.limit()];
        changed.putInt(end, (int) crc.getValue()).get(0, bytes);
        return bytes;
    }

    private static Checkpoint read(byte[] bytes) {
        assertThat(CheckpointFormat.read(bytes, FIT)).isInstanceOf(Reading.Usable.class);
        return ((Reading.Usable) CheckpointFormat.read(bytes, FIT)).checkpoint();
    }

    private static void assertSame(Checkpoint read) {
        assertThat(read.samples()).hasSize(2);
        for (int i = 0; i < 2; i++) {
            SampleState expected = CHECKPOINT.samples().get(i);
            SampleState sample = read.samples().get(i);
            assertThat(sample.step()).isEqualTo(expected.step());
            assertThat(bits(sample.latents())).isEqualTo(bits(expected.latents()));
            assertThat(sample.history()).isDeepEqualTo(expected.history());
        }
    }

    private static int[] bits(float[] numbers) {
        int[] bits = new int[numbers.length];
        Arrays.setAll(bits, i -> Float.floatToRawIntBits(numbers[i]));
        return bits;
    }
}
