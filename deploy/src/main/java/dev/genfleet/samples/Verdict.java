package dev.genfleet.samples;

/** What the judge sees in a picture. */
public sealed interface Verdict {
    Background background();

    /** Whether the picture shows an object of this class. */
    default boolean shows(Label label) {
        return this instanceof Seen seen && seen.label().equals(label);
    }

    /**
     * One object.
     *
     * @param best the drawn shape that fits the picture best
     * @param next the best of the other shapes; the closer its overlap, the less sure the verdict
     */
    record Seen(Background background, Colour colour, Match best, Match next) implements Verdict {
        public Label label() {
            return new Label(colour, best.object().shape());
        }
    }

    /**
     * No object that resembles a shape.
     *
     * @param overlap of the shape that came nearest
     */
    record Nothing(Background background, double overlap) implements Verdict {}

    /**
     * How well a drawn shape fits a picture.
     *
     * @param overlap soft intersection over union, 0–1
     */
    record Match(Placed object, double overlap) {}
}
