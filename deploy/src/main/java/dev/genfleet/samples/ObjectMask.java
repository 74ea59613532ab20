package dev.genfleet.samples;

import java.util.Optional;

/**
 * How much of each pixel belongs to an object of one colour in front of one background, 0–1, and what that leaves unexplained.
 */
final class ObjectMask {
    private static final int SAMPLES = 2;

    private final int side;
    private final float[] covered;
    private final double energy;
    private final double unexplained;

    /** Fits every pixel by the nearest mixture of the two colours. */
    ObjectMask(Rgb[] pixels, int side, Rgb background, Rgb colour) {
        this.side = side;
        covered = new float[pixels.length];
        Rgb way = colour.minus(background);
        double energySum = 0;
        double residualSum = 0;
        for (int i = 0; i < pixels.length; i++) {
            double share = pixels[i].minus(background).dot(way) / way.dot(way);
            double clamped = Math.clamp(share, 0.0, 1.0);
            Rgb residual = pixels[i].minus(background.mix(colour, clamped));
            covered[i] = (float) clamped;
            energySum += clamped * clamped;
            residualSum += residual.dot(residual);
        }
        energy = energySum;
        unexplained = residualSum;
    }

    /** Squared colour error over all pixels that no mixture explains. */
    double unexplained() {
        return unexplained;
    }

    /**
     * Where a shape must be for its area and centre of mass to be those of the pixels that are mostly covered; nothing if no pixel
     * is.
     */
    Optional<Placed> place(Shape shape) {
        int area = 0;
        double sumX = 0;
        double sumY = 0;
        for (int i = 0; i < covered.length; i++) {
            if (covered[i] >= 0.5) {
                area++;
                int row = i / side;
                sumX += (i % side + 0.5) / side;
                sumY += (row + 0.5) / side;
            }
        }
        if (area == 0) {
            return Optional.empty();
        }
        Placed tiny = new Placed(shape, sumX / area, sumY / area, Placed.SMALLEST);
        double radius = Math.sqrt(area / shape.area()) / side;
        return Optional.of(tiny.changed(0, -shape.massY() * radius, radius - Placed.SMALLEST));
    }

    /** Soft intersection over union with a drawn object: a·b / (a² + b² − a·b). */
    double overlap(Placed object) {
        double reach = 1.25 * object.radius();
        int left = Math.max(0, (int) ((object.x() - reach) * side));
        int right = Math.min(side - 1, (int) ((object.x() + reach) * side));
        int top = Math.max(0, (int) ((object.y() - reach) * side));
        int bottom = Math.min(side - 1, (int) ((object.y() + reach) * side));
        double shared = 0;
        double drawn = 0;
        for (int row = top; row <= bottom; row++) {
            for (int column = left; column <= right; column++) {
                double coverage = object.coverage(column, row, side, SAMPLES);
                shared += coverage * covered[row * side + column];
                drawn += coverage * coverage;
            }
        }
        return shared / (energy + drawn - shared);
    }
}
