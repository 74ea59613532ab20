package dev.genfleet.importer.precision;

import static org.assertj.core.api.Assertions.assertThat;

import dev.genfleet.importer.OrtGraph;
import dev.genfleet.importer.Tensor;
import dev.genfleet.importer.checkpoint.Checkpoint;
import dev.genfleet.importer.checkpoint.DataType;
import dev.genfleet.importer.checkpoint.Safetensors;
import dev.genfleet.importer.onnx.DerivedTensor;
import dev.genfleet.importer.onnx.ElementType;
import dev.genfleet.importer.onnx.Graph;
import dev.genfleet.importer.onnx.GraphBuilder;
import dev.genfleet.importer.onnx.Layers;
import dev.genfleet.importer.onnx.ModelFile;
import dev.genfleet.importer.onnx.Value;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Files and tensors beyond 2 and 4 GiB, made with holes so that no gigabytes are written. */
class LargeFilesTest {

    private static final long HOLE = 5_000_000_000L;
    private static final int WIDTH = 128;

    @TempDir
    private Path folder;

    @ParameterizedTest
    @EnumSource(Precision.class)
    void weightsBehindFourGibibytesAreFound(Precision precision) throws Exception {
        Checkpoint checkpoint = Safetensors.open(sparse());
        GraphBuilder builder = new GraphBuilder("last");
        Value x = builder.input("x", ElementType.FLOAT, List.of("batch", 1, WIDTH));
        Layers layers = new Layers(builder);
        Value rows = layers.linear(
                layers.reshape(x, -1, WIDTH),
                checkpoint.find("last.weight").orElseThrow(),
                checkpoint.find("last.bias").orElseThrow());
        builder.output(rows, "out", List.of("batch", WIDTH));
        assertThat(checkpoint.find("last.weight").orElseThrow().offset()).isGreaterThan(1L << 32);

        Path model = Forms.write(folder.resolve("model"), builder.finish(), new GraphForm(precision, Operators.FUSED));
        float[] input = new float[WIDTH];
        input[3] = 2;
        try (OrtGraph graph = new OrtGraph(model)) {
            float[] out = graph.run(Map.of("x", new Tensor(input, 1, 1, WIDTH))).values();
            for (int i = 0; i < WIDTH; i++) {
                assertThat(out[i]).isEqualTo(i == 3 ? 3f : 1f);
            }
        }
    }

    @Test
    void derivedTensorsMayBeLongerThanABuffer() throws Exception {
        long length = (1L << 31) + 4096;
        DerivedTensor.Content ends = new WeightValues.SegmentFilling() {
            @Override
            public void write(MemorySegment target) {
                target.set(ValueLayout.JAVA_BYTE, 0, (byte) 1);
                target.set(ValueLayout.JAVA_BYTE, length - 1, (byte) 2);
            }
        };
        GraphBuilder graph = new GraphBuilder("long");
        graph.derived(new DerivedTensor("long", DataType.I8, List.of(length), ends));
        graph.derived(new DerivedTensor("after", DataType.I8, List.of(1L), target -> target.put((byte) 3)));
        Path derived = folder.resolve("derived.safetensors");
        Graph finished = graph.finish();
        new ModelFile(finished).writeDerived(derived);

        Checkpoint written = Safetensors.open(derived);
        long first = written.find("long").orElseThrow().offset();
        assertThat(List.of(
                        byteAt(derived, first), byteAt(derived, first + length - 1), byteAt(derived, first + length)))
                .containsExactly((byte) 1, (byte) 2, (byte) 3);
    }

    /** A tensor of nothing but a hole, then a small diagonal matrix and a bias of ones. */
    private Path sparse() throws Exception {
        long weight = HOLE + (long) WIDTH * WIDTH * Float.BYTES;
        long bias = weight + WIDTH * Float.BYTES;
        byte[] header = ("{\"hole\":{\"dtype\":\"I8\",\"shape\":[%d],\"data_offsets\":[0,%d]},"
                        + "\"last.weight\":{\"dtype\":\"F32\",\"shape\":[%d,%d],\"data_offsets\":[%d,%d]},"
                        + "\"last.bias\":{\"dtype\":\"F32\",\"shape\":[%d],\"data_offsets\":[%d,%d]}}")
                .formatted(HOLE, HOLE, WIDTH, WIDTH, HOLE, weight, WIDTH, weight, bias)
                .getBytes(StandardCharsets.UTF_8);
        ByteBuffer numbers = ByteBuffer.allocate((int) (bias - HOLE)).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < WIDTH; i++) {
            numbers.putFloat((i * WIDTH + i) * Float.BYTES, 1);
            numbers.putFloat((WIDTH * WIDTH + i) * Float.BYTES, 1);
        }
        Path file = folder.resolve("sparse.safetensors");
        try (FileChannel channel = FileChannel.open(
                file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE, StandardOpenOption.SPARSE)) {
            ByteBuffer start = ByteBuffer.allocate(Long.BYTES + header.length).order(ByteOrder.LITTLE_ENDIAN);
            start.putLong(header.length).put(header).flip();
            channel.write(start, 0);
            channel.write(numbers, Long.BYTES + header.length + HOLE);
        }
        return file;
    }

    private static byte byteAt(Path file, long position) throws Exception {
        ByteBuffer one = ByteBuffer.allocate(1);
        try (FileChannel channel = FileChannel.open(file)) {
            channel.read(one, position);
        }
        return one.get(0);
    }
}
