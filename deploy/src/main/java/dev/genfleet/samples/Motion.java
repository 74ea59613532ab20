package dev.genfleet.samples;

import java.util.Optional;
import java.util.stream.Stream;

/** How the object of a clip moves, evenly from the first frame to the last; the names are the words of captions. */
public enum Motion {
    STANDING_STILL(Pace.STANDING_STILL, 0, 0),
    DRIFTING_LEFT(Pace.DRIFTING, -1, 0),
    DRIFTING_RIGHT(Pace.DRIFTING, 1, 0),
    DRIFTING_UP(Pace.DRIFTING, 0, -1),
    DRIFTING_DOWN(Pace.DRIFTING, 0, 1),
    MOVING_LEFT(Pace.MOVING, -1, 0),
    MOVING_RIGHT(Pace.MOVING, 1, 0),
    MOVING_UP(Pace.MOVING, 0, -1),
    MOVING_DOWN(Pace.MOVING, 0, 1);

    /** By how much of the canvas a displacement may differ; paces are 25 % of the canvas apart. */
    private static final double TOLERANCE = 0.08;

    /** Tangent of the angle by which the way may stray from its direction. */
    private static final double SKEW = 0.5;

    private final Pace pace;
    private final int right;
    private final int down;

    Motion(Pace pace, int right, int down) {
        this.pace = pace;
        this.right = right;
        this.down = down;
    }

    public Pace pace() {
        return pace;
    }

    /** Of the object's centre from the first to the last frame. */
    Displacement displacement() {
        return new Displacement(right * pace.distance(), down * pace.distance());
    }

    /** Whether a displacement goes where this motion goes, by however much; always for standing still, which goes nowhere. */
    boolean directionFits(Displacement seen) {
        if (this == STANDING_STILL) {
            return true;
        }
        double along = amount(seen);
        double across = Math.sqrt(Math.max(0, seen.dot(seen) - along * along));
        return along > TOLERANCE && across <= SKEW * along;
    }

    /** Whether a displacement is as long as that of this motion, give or take 8 % of the canvas. */
    boolean amountFits(Displacement seen) {
        return Math.abs(amount(seen) - displacement().length()) <= TOLERANCE;
    }

    /**
     * How far a displacement leads in the direction of this motion, as a fraction of the canvas, negative for back; for standing
     * still, how far it leads anywhere.
     */
    double amount(Displacement seen) {
        return this == STANDING_STILL
                ? seen.length()
                : seen.dot(displacement()) / displacement().length();
    }

    /** The words for a displacement; nothing if none fit. */
    static Optional<Motion> of(Displacement seen) {
        return Stream.of(values())
                .filter(motion -> motion.directionFits(seen) && motion.amountFits(seen))
                .findFirst();
    }
}
