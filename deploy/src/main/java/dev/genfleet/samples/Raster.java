package dev.genfleet.samples;

/**
 * How a shape becomes pixels.
 *
 * @param side width and height of the canvas, in pixels
 * @param samples each way of every pixel
 * @param edge width of the square around the middle of a pixel in which they are taken, in pixels: 1 for crisp edges, more for soft
 */
record Raster(int side, int samples, double edge) {
    private static final double CORNER = Math.sqrt(0.5); // from the middle of a square, in its width

    /** How much of a pixel an object covers, 0–1. */
    double coverage(Placed object, int column, int row) {
        double x = ((column + 0.5) / side - object.x()) / object.radius();
        double y = ((row + 0.5) / side - object.y()) / object.radius();
        double width = edge / side / object.radius();
        Shape shape = object.shape();
        double distance = Math.sqrt(x * x + y * y);
        if (distance - CORNER * width > shape.reach()) {
            return 0;
        }
        if (distance + CORNER * width < shape.core()) {
            return 1;
        }
        int inside = 0;
        for (int j = 0; j < samples; j++) {
            double sampleY = y + ((j + 0.5) / samples - 0.5) * width;
            for (int i = 0; i < samples; i++) {
                if (shape.contains(x + ((i + 0.5) / samples - 0.5) * width, sampleY)) {
                    inside++;
                }
            }
        }
        return inside / (double) (samples * samples);
    }
}
