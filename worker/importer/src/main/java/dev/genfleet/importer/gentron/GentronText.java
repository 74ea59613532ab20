package dev.genfleet.importer.gentron;

import dev.genfleet.importer.family.Conditioned.Encoder;
import dev.genfleet.importer.family.Conditioned.Text;
import java.util.Collections;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/**
 * How captions reach a GenTron: as token vectors that blocks attend to, and as one pooled vector that joins the timestep in adaLN.
 *
 * @param encoders one or two text encoders, CLIP before T5: the order of the graph's inputs
 * @param blocks the encoder whose tokens each block attends to; empty where no block does, and captions act through the pooled
 *     vector alone
 * @param pooled width of the pooled vector; empty where there is none
 */
public record GentronText(List<Text> encoders, List<Encoder> blocks, OptionalInt pooled) {

    /** Tokens of a caption for CLIP: all that its position table has. */
    public static final int CLIP_TOKENS = 77;

    /** Tokens of a caption for T5. Not published; 120 as in PixArt-α. The graph takes any number. */
    public static final int T5_TOKENS = 120;

    /** CLIP-L's text tower, the paper's. */
    public static final Text CLIP_L = new Text(Encoder.CLIP, 768, CLIP_TOKENS);

    /** The encoder of Flan-T5-XXL, the paper's. */
    public static final Text T5_XXL = new Text(Encoder.T5, 4096, T5_TOKENS);

    public GentronText {
        encoders = List.copyOf(encoders);
        blocks = List.copyOf(blocks);
        List<Encoder> kinds = encoders.stream().map(Text::encoder).toList();
        if (!kinds.equals(kinds.stream().sorted().distinct().toList()) || kinds.isEmpty()) {
            throw new IllegalArgumentException(
                    "text encoders are " + kinds + ", but must be CLIP, T5 or both in that order");
        }
        if (!blocks.isEmpty()
                && !kinds.equals(blocks.stream().sorted().distinct().toList())) {
            throw new IllegalArgumentException("blocks attend to " + blocks + ", but the text encoders are " + kinds);
        }
        if (pooled.isPresent() ? pooled.getAsInt() < 1 : blocks.isEmpty()) {
            throw new IllegalArgumentException("the pooled vector has width " + pooled
                    + ", but must have at least 1, and may be left out only where blocks attend to tokens");
        }
    }

    /** Both encoders by turns, CLIP in even blocks and T5 in odd ones: the best of the paper, Table 2. */
    public static GentronText interleaved(int depth) {
        return new GentronText(List.of(CLIP_L, T5_XXL), turns(depth), OptionalInt.of(CLIP_L.width()));
    }

    /** CLIP-L alone, in every block. */
    public static GentronText clip(int depth) {
        return new GentronText(
                List.of(CLIP_L), Collections.nCopies(depth, Encoder.CLIP), OptionalInt.of(CLIP_L.width()));
    }

    /** T5-XXL alone, in every block; it has no pooled vector, so adaLN takes the timestep alone. */
    public static GentronText t5(int depth) {
        return new GentronText(List.of(T5_XXL), Collections.nCopies(depth, Encoder.T5), OptionalInt.empty());
    }

    /** The paper's ablation "adaLN-Zero": CLIP-L's pooled vector alone, no attention to tokens. */
    public static GentronText pooledAlone() {
        return new GentronText(List.of(CLIP_L), List.of(), OptionalInt.of(CLIP_L.width()));
    }

    /** CLIP in even blocks, T5 in odd ones. */
    static List<Encoder> turns(int depth) {
        return IntStream.range(0, depth)
                .mapToObj(block -> block % 2 == 0 ? Encoder.CLIP : Encoder.T5)
                .toList();
    }

    /** Width of an encoder's token vectors. */
    int width(Encoder encoder) {
        return encoders.stream()
                .filter(text -> text.encoder() == encoder)
                .findFirst()
                .orElseThrow()
                .width();
    }

    String describe() {
        if (blocks.isEmpty()) {
            return "pooled text in adaLN alone";
        }
        if (encoders.size() == 1) {
            return encoders.getFirst().encoder() + " text";
        }
        return blocks.equals(turns(blocks.size())) ? "CLIP and T5 text by turns" : "CLIP and T5 text";
    }
}
