package dev.genfleet.samples;

/** The form of an object, in the order of the class labels. */
public enum Shape {
    CIRCLE,
    SQUARE,
    TRIANGLE,
    DIAMOND,
    RING,
    CROSS,
    STAR,
    HEART;

    private final double area;
    private final double massY;
    private final double core;
    private final double reach;

    /** Measures the shape by sampling. */
    Shape() {
        int side = 256;
        double cell = 2.5 / side;
        int inside = 0;
        double sumY = 0;
        double nearestOutside = Double.POSITIVE_INFINITY;
        double farthestInside = 0;
        for (int row = 0; row < side; row++) {
            double y = (row + 0.5) * cell - 1.25;
            for (int column = 0; column < side; column++) {
                double x = (column + 0.5) * cell - 1.25;
                if (contains(x, y)) {
                    inside++;
                    sumY += y;
                    farthestInside = Math.max(farthestInside, Math.hypot(x, y));
                } else {
                    nearestOutside = Math.min(nearestOutside, Math.hypot(x, y));
                }
            }
        }
        area = inside * cell * cell;
        massY = sumY / inside;
        core = nearestOutside - cell;
        reach = farthestInside + cell;
    }

    /** Area in squared radii. */
    double area() {
        return area;
    }

    /** How far below its centre the shape's centre of mass lies, in radii; sideways all shapes are symmetric. */
    double massY() {
        return massY;
    }

    /** Up to this distance from its centre all belongs to the shape, in radii; not above 0 if nothing does. */
    double core() {
        return core;
    }

    /** Beyond this distance from its centre nothing belongs to the shape, in radii. */
    double reach() {
        return reach;
    }

    /** Whether a point belongs to the shape; in units of its radius from its centre, {@code y} downwards. */
    boolean contains(double x, double y) {
        return switch (this) {
            case CIRCLE -> x * x + y * y <= 1;
            case SQUARE -> Math.max(Math.abs(x), Math.abs(y)) <= 0.88;
            case TRIANGLE -> y <= 0.7 && 0.866 * Math.abs(x) - 0.5 * y <= 0.55;
            case DIAMOND -> Math.abs(x) + Math.abs(y) <= 1.2;
            case RING -> x * x + y * y <= 1 && x * x + y * y >= 0.56 * 0.56;
            case CROSS -> Math.min(Math.abs(x), Math.abs(y)) <= 0.33 && Math.max(Math.abs(x), Math.abs(y)) <= 1;
            case STAR -> starContains(x, y);
            case HEART -> heartContains(1.15 * x, 0.1 - 1.15 * y);
        };
    }

    /** Mirrors the plane into one tenth of the star, where its edge is one straight line from tip to notch. */
    private static boolean starContains(double x, double y) {
        double sin = 0.5877852522924731; // of 36 degrees
        double cos = 0.8090169943749475;
        double across = Math.abs(x);
        double along = -y;
        double beyond = Math.max(0, 2 * (cos * across - sin * along));
        across -= beyond * cos;
        along += beyond * sin;
        beyond = Math.max(0, 2 * (-cos * across - sin * along));
        across = Math.abs(across + beyond * cos);
        along += beyond * sin;
        double tip = 1.1;
        double notch = 0.45;
        return (notch * cos - tip) * across - notch * sin * (along - tip) >= 0;
    }

    private static boolean heartContains(double x, double y) {
        double round = x * x + y * y - 1;
        return round * round * round <= x * x * y * y * y;
    }
}
