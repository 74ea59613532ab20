package dev.genfleet.importer.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SafetensorsTest {

    private static final String TWO = """
            {"a":{"dtype":"F32","shape":[2,2],"data_offsets":[0,16]},\
            "b":{"dtype":"BF16","shape":[3],"data_offsets":[16,22]},"__metadata__":{"format":"pt"}}""";

    @TempDir
    private Path folder;

    @Test
    void tellsWhereEachTensorLies() throws Exception {
        Checkpoint checkpoint = Safetensors.open(file(TWO, 22));
        StoredTensor b = checkpoint.find("b").orElseThrow();
        assertThat(checkpoint.tensors()).hasSize(2);
        assertThat(b.type()).isEqualTo(DataType.BF16);
        assertThat(b.shape()).containsExactly(3L);
        assertThat(b.offset()).isEqualTo(8 + TWO.length() + 16);
        assertThat(b.read().get(0)).isEqualTo((byte) 16);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "21 | tensor b | it is truncated",
                "0 | tensor a | it is truncated",
                "23 | t.safetensors has 1 bytes after its last tensor | none may follow",
            })
    void namesWhatIsTruncated(int dataBytes, String what, String why) {
        assertRefused(TWO, dataBytes, what, why);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '§',
            value = {
                "{'a':{'dtype':'F32','shape':[4],'data_offsets':[0,16]},'b':{'dtype':'U8','shape':[8],'data_offsets':[8,16]}}"
                        + " | tensor b | overlaps the tensor before it",
                "{'a':{'dtype':'U8','shape':[4],'data_offsets':[0,4]},'b':{'dtype':'U8','shape':[8],'data_offsets':[8,16]}}"
                        + " | tensor b | leaves a hole before it",
                "{'a':{'dtype':'F32','shape':[5],'data_offsets':[0,16]}} | needs 20 bytes | but has 16",
                "{'a':{'dtype':'F33','shape':[4],'data_offsets':[0,16]}} | dtype 'F33' | known are BOOL",
                "{'a':{'dtype':'F32','shape':[-4],'data_offsets':[0,16]}} | -4 in shape | whole numbers from 0",
                "{'a':{'dtype':'F32','shape':[4.5],'data_offsets':[0,16]}} | 4.5 in shape | whole numbers from 0",
                "{'a':{'dtype':'F32','shape':[9223372036854775807,9],'data_offsets':[0,16]}} | tensor a | no file is that large",
                "{'a':{'dtype':'F32','shape':[4],'data_offsets':[16,0]}} | data_offsets [16, 0] | a later end",
                "{'a':{'dtype':'F32','shape':[4],'data_offsets':[0,9223372036854775807]}} | tensor a | it is truncated",
                "{'a':{'dtype':'U8','shape':[16],'data_offsets':[0,16]},'a':{'dtype':'U8','shape':[16],'data_offsets':[0,16]}}"
                        + " | tensor a | is listed twice",
                "{'a':{'dtype':'U8','dtype':'U8','shape':[16],'data_offsets':[0,16]}} | tensor a | has dtype twice",
                "{'a':{'dtype':'U8','data_offsets':[0,16]}} | tensor a | needs an array shape, but has none",
                "{'a':{'dtype':'U8','shape':16,'data_offsets':[0,16]}} | tensor a | needs an array shape, but has 16",
                "{'a':{'dtype':'U8','shape':[16]}} | tensor a | needs an array data_offsets, but has none",
                "{'a':{'dtype':8,'shape':[16],'data_offsets':[0,16]}} | tensor a | needs a text dtype, but has 8",
                "{'a':{'dtype':'U8','shape':[[16]],'data_offsets':[0,16]}} | tensor a | has [ in shape",
                "{'a':{'dtype':'U8','shape':[99999999999999999999],'data_offsets':[0,16]}} | tensor a | has 99999999999999999999",
                "{'a':{'dtype':'U8','shape':[16],'data_offsets':[0,8,16]}} | tensor a | a begin and a later end",
                "{} {} | the header of | goes on after",
                "{} | t.safetensors has 16 bytes after its last tensor | none may follow",
                "{'a':7} | tensor a | needs a text dtype",
                "[1,2,3] | must be a JSON object | begins with",
                "{'a': | is not JSON | the header of",
            })
    void namesWhatIsWrong(String header, String what, String why) {
        assertRefused(header.replace('\'', '"'), 16, what.replace('\'', '"'), why);
    }

    @Test
    void refusesAHeaderOfTenGigabytes() throws IOException {
        Path file = Files.write(
                folder.resolve("t.safetensors"), prefixed(10_000_000_000L, "{}".getBytes(StandardCharsets.UTF_8), 64));
        assertThatThrownBy(() -> Safetensors.open(file))
                .isInstanceOf(CheckpointException.class)
                .hasMessage(
                        file + " announces a header of 10000000000 bytes, but a safetensors header has 2 to 100000000");
    }

    /** What a header says beside its tensors is read over and not kept. */
    @ParameterizedTest
    @ValueSource(strings = {"{\"__metadata__\":{", "{\"a\":{\"x\":[", "{\"a\":{\"shape\":[", "{\"__metadata__\":["})
    void takesNoMemoryForWhatItDoesNotNeed(String start) throws Exception {
        String filler = start.endsWith("{") ? "\"k\":[[],{},1]," : "[[],{},1],";
        byte[] header = (start + filler.repeat(1_000_000)).getBytes(StandardCharsets.UTF_8);
        Path file = Files.write(folder.resolve("t.safetensors"), prefixed(header.length, header, 0));
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        assertThatThrownBy(() -> Safetensors.open(file))
                .isInstanceOf(CheckpointException.class)
                .hasMessageContaining("is not JSON");
        assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(header.length + (64L << 20));
    }

    @Test
    void refusesMoreTensorsThanAnyModelHas() throws Exception {
        StringBuilder header = new StringBuilder("{");
        for (int i = 0; i <= SafetensorsHeader.MAX_TENSORS; i++) {
            header.append("\"%d\":{\"dtype\":\"U8\",\"shape\":[0],\"data_offsets\":[0,0]},".formatted(i));
        }
        assertRefused(header + "}", 0, "lists more than 100000 tensors");
    }

    @Test
    void refusesAHeaderLongerThanTheFile() throws IOException {
        Path file = Files.write(
                folder.resolve("t.safetensors"), prefixed(5_000, "{}".getBytes(StandardCharsets.UTF_8), 64));
        assertThatThrownBy(() -> Safetensors.open(file))
                .isInstanceOf(CheckpointException.class)
                .hasMessageContaining("announces a header of 5000 bytes, but only 66 bytes follow");
    }

    @Test
    void neverFailsInAnotherWay() throws IOException {
        byte[] valid = prefixed(TWO.length(), TWO.getBytes(StandardCharsets.UTF_8), 22);
        SplittableRandom random = new SplittableRandom(1);
        Path file = folder.resolve("t.safetensors");
        for (int round = 0; round < 2_000; round++) {
            byte[] mutated = Arrays.copyOf(valid, round % 3 == 0 ? random.nextInt(valid.length) : valid.length);
            for (int i = random.nextInt(4); i >= 0 && mutated.length > 0; i--) {
                int at = random.nextInt(mutated.length);
                mutated[at] = switch (random.nextInt(3)) {
                    case 0 -> (byte) random.nextInt(256);
                    case 1 -> (byte) "0123456789-.eE[]{},:\"\\".charAt(random.nextInt(22));
                    default -> (byte) (mutated[at] ^ (1 << random.nextInt(8)));
                };
            }
            Resources.overwrite(file, mutated);
            try {
                Safetensors.open(file).tensors().forEach(StoredTensor::length);
            } catch (CheckpointException expected) {
                assertThat(expected).hasMessageContaining("t.safetensors");
            }
        }
    }

    private void assertRefused(String header, int dataBytes, String... parts) {
        assertThatThrownBy(() -> Safetensors.open(file(header, dataBytes)))
                .isInstanceOf(CheckpointException.class)
                .hasMessageContainingAll(parts)
                .hasMessageContaining("t.safetensors");
    }

    private Path file(String header, int dataBytes) throws IOException {
        byte[] json = header.getBytes(StandardCharsets.UTF_8);
        return Files.write(folder.resolve("t.safetensors"), prefixed(json.length, json, dataBytes));
    }

    private static byte[] prefixed(long announced, byte[] json, int dataBytes) {
        ByteBuffer bytes = ByteBuffer.allocate(8 + json.length + dataBytes).order(ByteOrder.LITTLE_ENDIAN);
        bytes.putLong(announced).put(json);
        for (int i = 0; i < dataBytes; i++) {
            bytes.put((byte) i);
        }
        return bytes.array();
    }
}
