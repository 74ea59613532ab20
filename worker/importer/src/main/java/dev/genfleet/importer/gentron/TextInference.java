package dev.genfleet.importer.gentron;

import dev.genfleet.importer.checkpoint.CheckpointException;
import dev.genfleet.importer.family.Conditioned.Encoder;
import dev.genfleet.importer.family.Conditioned.Text;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;

/**
 * Which text encoder each block attends to, from the width that its keys and values are projected from. {@code clip_dim} and
 * {@code t5_dim} of {@code config.json} say whose widths those are; without them 768 is CLIP-L's and any other one T5's. Where both
 * encoders are equally wide, even blocks have CLIP and odd ones T5.
 */
record TextInference(Evidence evidence, int depth) {

    private static final String POOLED = "pooled_embedder.mlp.0.weight";
    private static final int WIDEST = 1 << 20;
    private static final int MOST_TOKENS = 4096;

    GentronText text() throws CheckpointException {
        if (!evidence.anyBlockHas("cross_attn")) {
            return pooledAlone();
        }
        TreeMap<Integer, Encoder> known = new TreeMap<>();
        Map<Encoder, Integer> widths = new EnumMap<>(Encoder.class);
        for (int block = 0; block < depth; block++) {
            if (evidence.has(key(block))) {
                known.put(block, encoder(block, widths));
            }
        }
        if (known.isEmpty()) {
            throw new CheckpointException(evidence.checkpoint().file()
                    + " is not a GenTron checkpoint; missing: the keys and values of every blocks.*.cross_attn");
        }
        List<Text> texts = new ArrayList<>();
        for (Map.Entry<Encoder, Integer> width : widths.entrySet()) {
            texts.add(new Text(width.getKey(), width.getValue(), tokens(width.getKey())));
        }
        return new GentronText(texts, everyBlock(known), pooled(widths));
    }

    /** A CLIP model's pooled vector is as wide as its token vectors. */
    private GentronText pooledAlone() throws CheckpointException {
        if (!evidence.has(POOLED)) {
            throw new CheckpointException(evidence.checkpoint().file()
                    + " takes no text: it holds neither blocks.*.cross_attn nor " + POOLED);
        }
        int width = evidence.side(POOLED, 1, 2);
        return new GentronText(
                List.of(new Text(Encoder.CLIP, width, tokens(Encoder.CLIP))), List.of(), OptionalInt.of(width));
    }

    private Encoder encoder(int block, Map<Encoder, Integer> widths) throws CheckpointException {
        OptionalInt clip = evidence.number(WIDEST, "clip_dim");
        OptionalInt t5 = evidence.number(WIDEST, "t5_dim");
        int width = evidence.side(key(block), 1, 2);
        boolean wideAsT5 = t5.isPresent() && t5.getAsInt() == width;
        boolean wideAsClip =
                clip.isPresent() ? clip.getAsInt() == width : width == GentronText.CLIP_L.width() && !wideAsT5;
        if (!wideAsClip && !wideAsT5 && t5.isPresent()) {
            throw refusal(
                    block,
                    width,
                    "config.json beside it gives " + (clip.isPresent() ? "clip_dim " + clip.getAsInt() + " and " : "")
                            + "t5_dim " + t5.getAsInt());
        }
        Encoder encoder = wideAsClip && !(wideAsT5 && block % 2 == 1) ? Encoder.CLIP : Encoder.T5;
        Integer before = widths.putIfAbsent(encoder, width);
        if (before != null && before != width) {
            throw refusal(
                    block,
                    width,
                    "that of an earlier block is " + before
                            + " wide; a config.json beside it must give clip_dim and t5_dim where CLIP's is not "
                            + GentronText.CLIP_L.width());
        }
        return encoder;
    }

    /** A block without keys and values counts as the first known one of its parity; that they are missing is told later. */
    private List<Encoder> everyBlock(TreeMap<Integer, Encoder> known) {
        List<Encoder> blocks = new ArrayList<>();
        for (int block = 0; block < depth; block++) {
            int parity = block % 2;
            blocks.add(known.getOrDefault(
                    block,
                    known.entrySet().stream()
                            .filter(other -> other.getKey() % 2 == parity)
                            .findFirst()
                            .orElse(known.firstEntry())
                            .getValue()));
        }
        return blocks;
    }

    /** T5 has no pooled vector of its own, so models of T5 alone may do without; with CLIP it must be there. */
    private OptionalInt pooled(Map<Encoder, Integer> widths) throws CheckpointException {
        if (evidence.has(POOLED)) {
            return OptionalInt.of(evidence.side(POOLED, 1, 2));
        }
        return widths.containsKey(Encoder.CLIP) ? OptionalInt.of(widths.get(Encoder.CLIP)) : OptionalInt.empty();
    }

    private int tokens(Encoder encoder) throws CheckpointException {
        return switch (encoder) {
            case CLIP -> evidence.number(MOST_TOKENS, "clip_tokens").orElse(GentronText.CLIP_TOKENS);
            case T5 -> evidence.number(MOST_TOKENS, "t5_tokens").orElse(GentronText.T5_TOKENS);
        };
    }

    private CheckpointException refusal(int block, int width, String allowed) {
        return new CheckpointException(key(block) + " of "
                + evidence.checkpoint().file() + " takes text of width " + width + ", but " + allowed);
    }

    private static String key(int block) {
        return "blocks." + block + ".cross_attn.kv.weight";
    }
}
