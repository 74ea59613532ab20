package dev.genfleet.importer.onnx;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The derived weights of a graph as one {@code .safetensors} file, in the order in which they were added. */
final class DerivedWeights {

    private static final int ALIGNMENT = 64;

    private final List<DerivedTensor> tensors = new ArrayList<>();

    void add(DerivedTensor tensor) {
        tensors.add(tensor);
    }

    List<DerivedTensor> tensors() {
        return List.copyOf(tensors);
    }

    /** First byte of each tensor, counted from the start of the file. */
    List<Long> offsets() {
        List<Long> offsets = new ArrayList<>();
        long next = header().length;
        for (DerivedTensor tensor : tensors) {
            offsets.add(next);
            next += tensor.length();
        }
        return offsets;
    }

    /** Writes the file; one tensor at a time is mapped. */
    void write(Path file) throws IOException {
        byte[] header = header();
        try (FileChannel channel = FileChannel.open(
                file, StandardOpenOption.CREATE_NEW, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            ByteBuffer start = ByteBuffer.wrap(header);
            while (start.hasRemaining()) {
                channel.write(start);
            }
            long next = header.length;
            for (DerivedTensor tensor : tensors) {
                try (Arena mapping = Arena.ofShared()) {
                    tensor.content().write(channel.map(FileChannel.MapMode.READ_WRITE, next, tensor.length(), mapping));
                }
                next += tensor.length();
            }
        }
    }

    private byte[] header() {
        Map<String, Described> described = new LinkedHashMap<>();
        long begin = 0;
        for (DerivedTensor tensor : tensors) {
            described.put(
                    tensor.name(),
                    new Described(tensor.type().name(), tensor.shape(), List.of(begin, begin + tensor.length())));
            begin += tensor.length();
        }
        byte[] json;
        try {
            json = new JsonMapper().writeValueAsString(described).getBytes(StandardCharsets.UTF_8);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a list of tensors is always JSON", e);
        }
        int padded = Math.ceilDiv(Long.BYTES + json.length, ALIGNMENT) * ALIGNMENT;
        ByteBuffer header = ByteBuffer.allocate(padded).order(ByteOrder.LITTLE_ENDIAN);
        header.putLong(padded - Long.BYTES).put(json);
        while (header.hasRemaining()) {
            header.put((byte) ' ');
        }
        return header.array();
    }

    private record Described(
            String dtype,
            List<Long> shape,
            @JsonProperty("data_offsets") List<Long> dataOffsets) {}
}
