package dev.genfleet.samples;

import java.util.BitSet;
import java.util.Optional;

/** How much of each pixel belongs to an object of one colour in front of one background, 0–1, and what that leaves unexplained. */
final class ObjectMask {
    private final int side;
    private final float[] covered;
    private final double energy;
    private final double contrast;
    private final double unexplained;

    /** Fits every pixel of a region by the nearest mixture of the two colours; no other pixel belongs to the object. */
    ObjectMask(Pixels pixels, BitSet region, Rgb background, Rgb colour) {
        side = pixels.side();
        covered = new float[pixels.count()];
        double energySum = 0;
        double contrastSum = 0;
        double unexplainedSum = 0;
        for (int i = region.nextSetBit(0); i >= 0; i = region.nextSetBit(i + 1)) {
            double share = background.share(colour, pixels.at(i));
            covered[i] = (float) share;
            energySum += share * share;
            contrastSum += pixels.at(i).minus(background).squared();
            unexplainedSum += background.unexplained(colour, pixels.at(i));
        }
        energy = energySum;
        contrast = contrastSum;
        unexplained = unexplainedSum;
    }

    /** Squared difference from the background that no mixture explains, as a fraction of all of it. */
    double unexplained() {
        return unexplained / contrast;
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

    /** Soft intersection over union with an object drawn with crisp or soft edges: a·b / (a² + b² − a·b). */
    double overlap(Placed object, int samples, double edge) {
        Raster raster = new Raster(side, samples, edge);
        double reach = object.shape().reach() * object.radius() + edge / side;
        int left = Math.max(0, (int) ((object.x() - reach) * side));
        int right = Math.min(side - 1, (int) ((object.x() + reach) * side));
        int top = Math.max(0, (int) ((object.y() - reach) * side));
        int bottom = Math.min(side - 1, (int) ((object.y() + reach) * side));
        double shared = 0;
        double drawn = 0;
        for (int row = top; row <= bottom; row++) {
            for (int column = left; column <= right; column++) {
                double coverage = raster.coverage(object, column, row);
                shared += coverage * covered[row * side + column];
                drawn += coverage * coverage;
            }
        }
        return shared / (energy + drawn - shared);
    }
}
