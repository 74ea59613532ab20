package dev.genfleet.importer.dit;

import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What diffusers' DiT calls the official release's tensors. */
final class DitKeys {

    /** Begins the keys of every block's own copy of the embedders, after the block's number. */
    static final String EMBEDDERS = ".norm1.emb.";

    private static final Pattern BLOCK = Pattern.compile("blocks\\.(\\d+)\\.(.+)");

    private static final Map<String, String> OUTSIDE = new TreeMap<>(Map.of(
            "x_embedder.", "pos_embed.",
            "t_embedder.mlp.0.", "transformer_blocks.0.norm1.emb.timestep_embedder.linear_1.",
            "t_embedder.mlp.2.", "transformer_blocks.0.norm1.emb.timestep_embedder.linear_2.",
            "y_embedder.", "transformer_blocks.0.norm1.emb.class_embedder.",
            "final_layer.adaLN_modulation.1.", "proj_out_1.",
            "final_layer.linear.", "proj_out_2."));

    private static final Map<String, String> INSIDE = new TreeMap<>(Map.of(
            "adaLN_modulation.1.", "norm1.linear.",
            "attn.proj.", "attn1.to_out.0.",
            "mlp.fc1.", "ff.net.0.proj.",
            "mlp.fc2.", "ff.net.2."));

    private DitKeys() {}

    /** The key of the same tensor, of block 0's copy where every block has one. */
    static String diffusers(String official) {
        Matcher block = BLOCK.matcher(official);
        return block.matches()
                ? "transformer_blocks." + block.group(1) + "." + renamed(block.group(2), INSIDE)
                : renamed(official, OUTSIDE);
    }

    private static String renamed(String key, Map<String, String> names) {
        return names.entrySet().stream()
                .filter(name -> key.startsWith(name.getKey()))
                .findFirst()
                .map(name -> name.getValue() + key.substring(name.getKey().length()))
                .orElseThrow(() -> new IllegalArgumentException("diffusers has no tensor for " + key));
    }
}
