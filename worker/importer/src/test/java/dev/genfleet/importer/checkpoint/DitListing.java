package dev.genfleet.importer.checkpoint;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;

/** The keys and shapes of a DiT checkpoint with 1000 classes and a learned variance, and no bytes behind them. */
public final class DitListing {

    private final Map<String, List<Long>> shapes = new LinkedHashMap<>();

    private DitListing() {}

    public static Checkpoint of(long width, int depth, long patch, long tokens) {
        DitListing listing = new DitListing();
        listing.put("pos_embed", 1, tokens, width);
        listing.layer("x_embedder.proj", width, 4, patch, patch);
        listing.layer("t_embedder.mlp.0", width, 256);
        listing.layer("t_embedder.mlp.2", width, width);
        listing.put("y_embedder.embedding_table.weight", 1001, width);
        for (int i = 0; i < depth; i++) {
            String block = "blocks." + i;
            listing.layer(block + ".attn.qkv", 3 * width, width);
            listing.layer(block + ".attn.proj", width, width);
            listing.layer(block + ".mlp.fc1", 4 * width, width);
            listing.layer(block + ".mlp.fc2", width, 4 * width);
            listing.layer(block + ".adaLN_modulation.1", 6 * width, width);
        }
        listing.layer("final_layer.adaLN_modulation.1", 2 * width, width);
        listing.layer("final_layer.linear", patch * patch * 8, width);
        return listing.checkpoint();
    }

    private void layer(String key, long... shape) {
        put(key + ".weight", shape);
        put(key + ".bias", shape[0]);
    }

    private void put(String key, long... shape) {
        shapes.put(key, LongStream.of(shape).boxed().toList());
    }

    private Checkpoint checkpoint() {
        Path file = Path.of("listing.safetensors");
        long[] end = {0};
        return new Checkpoint(
                file,
                shapes.entrySet().stream()
                        .map(entry -> {
                            StoredTensor tensor =
                                    new StoredTensor(entry.getKey(), DataType.F32, entry.getValue(), file, end[0]);
                            end[0] += tensor.length();
                            return tensor;
                        })
                        .toList());
    }
}
