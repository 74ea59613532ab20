package dev.genfleet.importer.checkpoint;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/**
 * Measures the search for NaN, round-robin with reading the same bytes and doing nothing with them, in GB/s.
 *
 * <p>Arguments: a file (its length is cut to whole words; what it holds is taken for floats), number of rounds.
 */
final class NonFiniteScanBenchmark {

    private static final PrintStream OUT = System.out;

    private NonFiniteScanBenchmark() {}

    public static void main(String[] arguments) throws IOException {
        Path file = Path.of(arguments[0]);
        long bytes = file.toFile().length() / Long.BYTES * Long.BYTES;
        for (int round = 0; round < Integer.parseInt(arguments[1]); round++) {
            StringBuilder line = new StringBuilder();
            for (DataType type : List.of(DataType.F32, DataType.F16, DataType.BF16, DataType.F64)) {
                List<StoredTensor> tensors =
                        List.of(new StoredTensor("t", type, List.of(bytes / type.bytes()), file, 0));
                long begin = System.nanoTime();
                int found = new NonFiniteScan(_ -> {}).of(tensors).size();
                line.append("%s %.2f GB/s (%d found)  ".formatted(type, gigabytesPerSecond(bytes, begin), found));
            }
            long begin = System.nanoTime();
            readOnly(file);
            OUT.println(line + "reading alone %.2f GB/s".formatted(gigabytesPerSecond(bytes, begin)));
        }
    }

    private static double gigabytesPerSecond(long bytes, long begin) {
        return bytes / (double) (System.nanoTime() - begin);
    }

    private static void readOnly(Path file) throws IOException {
        ByteBuffer block = ByteBuffer.allocateDirect(256 << 10);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            while (channel.read(block) >= 0) {
                block.clear();
            }
        }
    }
}
