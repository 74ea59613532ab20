package dev.genfleet.importer.checkpoint;

import static dev.genfleet.importer.checkpoint.Resources.torch;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Damaged files end in a checkpoint whose tensors lie in the file, or in one sentence. Memory is bounded by what opening a file
 * allocates, which is counted: a length that a damaged field claims would show there long before it exhausted the heap.
 */
class ReaderFuzzTest {

    private static final int ROUNDS = 2_000;
    private static final long MAX_ALLOCATED = 16 << 20;
    private static final String INTERESTING = "().]}QRtsuqhXcb0{\":,[9\u0000\u0001\u007f\u0080\u00ff";

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "flat.pt",
                "train.pt",
                "call_beside.pt",
                "flat_protocol4.pt",
                "restored.pt",
                "flat_legacy.pt",
                "train_legacy.pt",
                "flat_legacy_protocol5.pt",
                "flat.safetensors",
            })
    void mutatedFilesEndInACheckpointOrASentence(String name) throws Exception {
        byte[] valid = Files.readAllBytes(torch(name));
        SplittableRandom random = new SplittableRandom(name.hashCode());
        int opened = 0;
        for (int round = 0; round < ROUNDS; round++) {
            opened += open(mutated(valid, random), name + " in round " + round);
        }
        assertThat(opened).as("mutations that leave a checkpoint").isBetween(1, ROUNDS - 1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"flat.pt", "flat_legacy.pt", "call_beside_legacy.pt", "flat.safetensors"})
    void truncatedFilesEndInASentence(String name) throws Exception {
        byte[] valid = Files.readAllBytes(torch(name));
        for (int length = 0; length < valid.length; length++) {
            assertThat(open(Arrays.copyOf(valid, length), name + " of " + length + " bytes"))
                    .as(name + " of " + length + " bytes")
                    .isZero();
        }
    }

    private int open(byte[] content, String what) throws IOException {
        Path file = folder.resolve("f");
        Resources.overwrite(file, content);
        long before = threads.getCurrentThreadAllocatedBytes();
        try {
            Checkpoint checkpoint = Checkpoint.open(file);
            for (StoredTensor tensor : checkpoint.tensors()) {
                assertThat(tensor.offset() + tensor.length()).as(what).isLessThanOrEqualTo(content.length);
            }
            return 1;
        } catch (CheckpointException e) {
            assertThat(e.getMessage()).as(what).contains(file.toString()).doesNotContain("\n");
            return 0;
        } catch (RuntimeException | StackOverflowError e) {
            return fail(what, e);
        } finally {
            assertThat(threads.getCurrentThreadAllocatedBytes() - before)
                    .as(what)
                    .isLessThan(MAX_ALLOCATED);
        }
    }

    private static byte[] mutated(byte[] valid, SplittableRandom random) {
        byte[] mutated = valid.clone();
        for (int i = random.nextInt(4); i >= 0; i--) {
            int at = random.nextInt(mutated.length);
            switch (random.nextInt(6)) {
                case 0 -> mutated[at] = (byte) random.nextInt(256);
                case 1 -> mutated[at] ^= (byte) (1 << random.nextInt(8));
                case 2 -> mutated[at] = (byte) INTERESTING.charAt(random.nextInt(INTERESTING.length()));
                case 3 -> mutated = Arrays.copyOf(mutated, Math.max(1, at));
                case 4 -> {
                    int length = Math.min(random.nextInt(1, 32), mutated.length - at);
                    System.arraycopy(valid, random.nextInt(valid.length - length + 1), mutated, at, length);
                }
                default -> Arrays.fill(mutated, at, Math.min(mutated.length, at + 8), (byte) 0xff);
            }
        }
        return mutated;
    }
}
