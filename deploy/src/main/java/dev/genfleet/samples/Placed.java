package dev.genfleet.samples;

/**
 * A shape somewhere on the canvas.
 *
 * @param x centre from the left, as a fraction of the canvas
 * @param y centre from the top, as a fraction of the canvas
 * @param radius fraction of the canvas
 */
public record Placed(Shape shape, double x, double y, double radius) {
    static final double SMALLEST = 0.01;
    private static final double LARGEST = 0.5;

    public Placed {
        if (!(radius >= SMALLEST && radius <= LARGEST)) {
            throw new IllegalArgumentException(
                    "radius is " + radius + ", but must be " + SMALLEST + " to " + LARGEST + " of the canvas");
        }
        if (!(x >= 0 && x <= 1 && y >= 0 && y <= 1)) {
            throw new IllegalArgumentException("centre is (" + x + ", " + y + "), but must be on the canvas, 0 to 1");
        }
    }

    /** Moved and resized by fractions of the canvas, as far as that is allowed. */
    Placed changed(double right, double down, double wider) {
        return new Placed(
                shape,
                Math.clamp(x + right, 0.0, 1.0),
                Math.clamp(y + down, 0.0, 1.0),
                Math.clamp(radius + wider, SMALLEST, LARGEST));
    }
}
