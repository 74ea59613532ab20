package dev.genfleet.importer.gentron;

import dev.genfleet.importer.family.Frames;
import java.util.Objects;

/**
 * The temporal attention of a GenTron of videos.
 *
 * @param frames how many it takes
 * @param form what its graph does with them
 */
public record GentronTemporal(Frames frames, Form form) {

    /** Frames that a graph takes at most unless the model was trained for more: the length of its position table. */
    public static final int MOST_FRAMES = 64;

    /** The paper's clips: 8 frames at 4 frames per second. */
    public static final GentronTemporal PUBLISHED = new GentronTemporal(new Frames(8, MOST_FRAMES), Form.ATTENDING);

    public GentronTemporal {
        Objects.requireNonNull(frames, "frames");
        Objects.requireNonNull(form, "form");
    }

    /** What the layers do and where their weights come from. */
    public enum Form {
        /** Frames attend to each other in rows whose motion flag is 1, to themselves in the others. */
        ATTENDING,

        /**
         * Every frame attends to itself, in all rows: no motion flag, no queries, keys and products. With one key a softmax is 1
         * whatever the score, so the attention is its values, projected. The same numbers as {@link #ATTENDING} with flag 0, and,
         * since a single frame has nobody else to attend to, as {@code ATTENDING} with one frame.
         */
        MOTIONLESS,

        /**
         * As {@link #ATTENDING}, over a checkpoint of images: its temporal weights are zeros made at import, so each frame comes out
         * as the image model makes it. That is where the training of a video model starts.
         */
        ZERO_INITIALISED
    }
}
