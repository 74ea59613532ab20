package dev.genfleet.importer.gentron;

import com.fasterxml.jackson.databind.JsonNode;
import dev.genfleet.importer.checkpoint.CheckpointException;
import dev.genfleet.importer.family.Frames;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;

/**
 * Dimensions of a GenTron from the shapes of its tensors. Heads leave no trace there: they come from {@code config.json}, or are 16 in
 * the two published widths.
 */
record GentronInference(Evidence evidence) {

    private static final String PATCHES = "x_embedder.proj.weight";
    private static final String MLP = "blocks.0.mlp.fc1.weight";
    private static final String OUTPUT = "final_layer.linear.weight";
    private static final int PUBLISHED_HEADS = 16;
    private static final int MOST_FRAMES = 1024;
    private static final int WIDEST = 1 << 14;

    GentronArchitecture architecture() throws CheckpointException {
        List<String> missing = Stream.of(PATCHES, MLP, OUTPUT)
                .filter(key -> !evidence.has(key))
                .toList();
        if (!missing.isEmpty()) {
            throw new CheckpointException(evidence.checkpoint().file() + " is not a GenTron checkpoint; missing: "
                    + String.join(", ", missing));
        }
        GentronShape shape = shape();
        int side = side(shape.patch());
        return new GentronArchitecture(
                shape,
                new TextInference(evidence, shape.depth()).text(),
                GentronArchitecture.sizes(side, side, shape.patch()),
                temporal());
    }

    private GentronShape shape() throws CheckpointException {
        int width = evidence.side(PATCHES, 0, 4);
        int channels = evidence.side(PATCHES, 1, 4);
        int patch = evidence.side(PATCHES, 2, 4);
        int outputs = evidence.side(OUTPUT, 0, 2);
        long cells = (long) patch * patch;
        if (outputs != cells * channels && outputs != 2 * cells * channels) {
            throw new CheckpointException(
                    OUTPUT + " of " + evidence.checkpoint().file() + " has " + outputs
                            + " rows, but " + cells * channels + " or, with a learned variance, " + 2 * cells * channels
                            + " are expected");
        }
        if (width % 4 != 0 || width > WIDEST) {
            throw new CheckpointException(
                    PATCHES + " of " + evidence.checkpoint().file() + " makes the hidden size " + width
                            + ", but it must be a multiple of 4 up to " + WIDEST);
        }
        return new GentronShape(width, evidence.depth(), heads(width), evidence.side(MLP, 0, 2), patch, channels, (int)
                (outputs / cells));
    }

    private int heads(int width) throws CheckpointException {
        OptionalInt given = evidence.number(width, "heads", "num_heads", "num_attention_heads");
        if (given.isPresent()) {
            if (width % given.getAsInt() != 0) {
                throw evidence.wrong(
                        "heads", Integer.toString(given.getAsInt()), "must divide the hidden size " + width);
            }
            return given.getAsInt();
        }
        if (width != GentronShape.XL2.width() && width != GentronShape.G2.width()) {
            throw new CheckpointException(
                    "hidden size " + width + " of " + evidence.checkpoint().file()
                            + " is that of no published GenTron, so a config.json beside it must give heads");
        }
        return PUBLISHED_HEADS;
    }

    private int side(int patch) throws CheckpointException {
        int largest = GentronArchitecture.LARGEST_GRID * patch;
        OptionalInt given = evidence.number(largest, "sample_size", "input_size");
        int side = given.orElse(Math.ceilDiv(GentronArchitecture.USUAL_SIDE, patch) * patch);
        if (side % patch != 0) {
            throw evidence.wrong("sample_size", Integer.toString(side), "must be a multiple of the patch " + patch);
        }
        return side;
    }

    private Optional<GentronTemporal> temporal() throws CheckpointException {
        boolean found = evidence.anyBlockHas("temp_attn");
        JsonNode said = evidence.config().path("temporal");
        if (said.isBoolean() && said.asBoolean() != found) {
            throw evidence.wrong(
                    "temporal",
                    said.toString(),
                    "the checkpoint holds " + (found ? "" : "no ")
                            + "tensors of temporal attention, blocks.*.temp_attn");
        }
        if (!found) {
            return Optional.empty();
        }
        int frames = evidence.number(MOST_FRAMES, "frames", "num_frames")
                .orElse(GentronTemporal.PUBLISHED.frames().usual());
        return Optional.of(new GentronTemporal(
                new Frames(frames, Math.max(frames, GentronTemporal.MOST_FRAMES)), GentronTemporal.Form.ATTENDING));
    }
}
