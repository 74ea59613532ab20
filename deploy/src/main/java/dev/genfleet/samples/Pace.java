package dev.genfleet.samples;

/** How far the object of a clip goes; the names are the words of captions. */
public enum Pace {
    STANDING_STILL(0),
    DRIFTING(0.25),
    MOVING(0.5);

    private final double distance;

    Pace(double distance) {
        this.distance = distance;
    }

    /** From the first to the last frame, as a fraction of the canvas. */
    public double distance() {
        return distance;
    }

    /** Such as {@code standing still}. */
    @Override
    public String toString() {
        return Words.of(name());
    }
}
