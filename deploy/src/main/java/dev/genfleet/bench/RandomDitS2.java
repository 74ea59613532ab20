package dev.genfleet.bench;

import dev.genfleet.wire.Json;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * A checkpoint of a DiT-S/2's size (Peebles and Xie 2023, table 1: 12 blocks, width 384, 6 heads, patch 2; 32.9 M parameters)
 * with random weights, the same each time. What it predicts means nothing; what it costs is what a trained one costs.
 */
final class RandomDitS2 {

    static final String NAME = "dit-s2";

    private static final int WIDTH = 384;
    private static final int DEPTH = 12;
    private static final int TOKENS = 256;
    private static final int CLASSES = 1000;
    private static final int CHANNELS = 4;
    private static final int CELLS = 4;
    private static final double DEVIATION = 0.02;

    private RandomDitS2() {}

    /** Writes {@code model.safetensors} and {@code config.json} into a new folder. */
    static void write(Path folder) throws IOException {
        Files.createDirectories(folder);
        Files.write(
                folder.resolve("config.json"),
                Json.write(Map.of(
                        "_class_name",
                        "DiT",
                        "input_size",
                        32,
                        "patch_size",
                        2,
                        "in_channels",
                        CHANNELS,
                        "hidden_size",
                        WIDTH,
                        "depth",
                        DEPTH,
                        "num_heads",
                        6,
                        "num_classes",
                        CLASSES,
                        "learn_sigma",
                        true)));
        Map<String, long[]> tensors = tensors();
        Map<String, Object> header = new LinkedHashMap<>();
        long end = 0;
        for (Map.Entry<String, long[]> tensor : tensors.entrySet()) {
            long begin = end;
            end += elements(tensor.getValue()) * Float.BYTES;
            header.put(
                    tensor.getKey(),
                    Map.of("dtype", "F32", "shape", tensor.getValue(), "data_offsets", List.of(begin, end)));
        }
        String text = new String(Json.write(header), StandardCharsets.UTF_8);
        byte[] padded = (text + " ".repeat((8 - text.length() % 8) % 8)).getBytes(StandardCharsets.UTF_8);
        SplittableRandom random = new SplittableRandom(17);
        try (OutputStream out =
                new BufferedOutputStream(Files.newOutputStream(folder.resolve("model.safetensors")), 1 << 20)) {
            byte[] length = new byte[Long.BYTES];
            little(length).putLong(padded.length);
            out.write(length);
            out.write(padded);
            for (long[] shape : tensors.values()) {
                byte[] bytes = new byte[Math.toIntExact(elements(shape) * Float.BYTES)];
                ByteBuffer values = little(bytes);
                while (values.hasRemaining()) {
                    values.putFloat((float) (random.nextGaussian() * DEVIATION));
                }
                out.write(bytes);
            }
        }
    }

    private static Map<String, long[]> tensors() {
        Map<String, long[]> tensors = new LinkedHashMap<>();
        tensors.put("pos_embed", new long[] {1, TOKENS, WIDTH});
        put(tensors, "x_embedder.proj", WIDTH, CHANNELS, 2, 2);
        put(tensors, "t_embedder.mlp.0", WIDTH, 256);
        put(tensors, "t_embedder.mlp.2", WIDTH, WIDTH);
        tensors.put("y_embedder.embedding_table.weight", new long[] {CLASSES + 1, WIDTH});
        for (int i = 0; i < DEPTH; i++) {
            String block = "blocks." + i;
            put(tensors, block + ".attn.qkv", 3 * WIDTH, WIDTH);
            put(tensors, block + ".attn.proj", WIDTH, WIDTH);
            put(tensors, block + ".mlp.fc1", 4 * WIDTH, WIDTH);
            put(tensors, block + ".mlp.fc2", WIDTH, 4 * WIDTH);
            put(tensors, block + ".adaLN_modulation.1", 6 * WIDTH, WIDTH);
        }
        put(tensors, "final_layer.adaLN_modulation.1", 2 * WIDTH, WIDTH);
        put(tensors, "final_layer.linear", CELLS * 2 * CHANNELS, WIDTH);
        return tensors;
    }

    private static void put(Map<String, long[]> tensors, String layer, long... weight) {
        tensors.put(layer + ".weight", weight);
        tensors.put(layer + ".bias", new long[] {weight[0]});
    }

    private static long elements(long[] shape) {
        long product = 1;
        for (long side : shape) {
            product *= side;
        }
        return product;
    }

    private static ByteBuffer little(byte[] bytes) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }
}
