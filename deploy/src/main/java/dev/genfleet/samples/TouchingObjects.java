package dev.genfleet.samples;

import java.util.BitSet;
import java.util.List;
import java.util.stream.Stream;

/** Tells two objects of different colours apart that have grown into one piece. */
final class TouchingObjects {
    /** Fraction of the piece that each of two objects has at least. */
    private static final double SHARE = 0.3;

    /** Between the middles of two objects at least, as a fraction of the canvas; of half-and-half colours of one object it is less. */
    private static final double APART = 0.25;

    private final Pixels pixels;
    private final Rgb background;

    TouchingObjects(Pixels pixels, Rgb background) {
        this.pixels = pixels;
        this.background = background;
    }

    /** The pixels of each of the two objects, or the piece if it is one object. */
    List<BitSet> apart(BitSet piece) {
        Colour[] palette = Colour.values();
        double[][] unexplained = Stream.of(palette)
                .map(colour -> piece.stream()
                        .mapToDouble(i -> background.unexplained(colour.rgb(), pixels.at(i)))
                        .toArray())
                .toArray(double[][]::new);
        int[] best = new int[2];
        double least = Double.POSITIVE_INFINITY;
        for (int a = 0; a < palette.length; a++) {
            for (int b = 0; b < a; b++) {
                double sum = 0;
                for (int i = 0; i < unexplained[a].length; i++) {
                    sum += Math.min(unexplained[a][i], unexplained[b][i]);
                }
                if (sum < least) {
                    least = sum;
                    best = new int[] {a, b};
                }
            }
        }
        return split(piece, unexplained[best[0]], unexplained[best[1]]);
    }

    /** Along the line half-way between the middles of the pixels that one and the other colour explain better. */
    private List<BitSet> split(BitSet piece, double[] oneUnexplained, double[] otherUnexplained) {
        int[] indices = piece.stream().toArray();
        BitSet one = new BitSet();
        BitSet other = new BitSet();
        for (int i = 0; i < indices.length; i++) {
            (oneUnexplained[i] < otherUnexplained[i] ? one : other).set(indices[i]);
        }
        if (Math.min(one.cardinality(), other.cardinality()) < SHARE * indices.length) {
            return List.of(piece);
        }
        Displacement oneMiddle = middle(one);
        Displacement otherMiddle = middle(other);
        if (oneMiddle.to(otherMiddle).length() < APART) {
            return List.of(piece);
        }
        BitSet near = new BitSet();
        piece.stream()
                .filter(i -> position(i).to(oneMiddle).length()
                        < position(i).to(otherMiddle).length())
                .forEach(near::set);
        BitSet far = (BitSet) piece.clone();
        far.andNot(near);
        return List.of(near, far);
    }

    private Displacement middle(BitSet part) {
        double right =
                part.stream().mapToDouble(i -> position(i).right()).average().orElseThrow();
        double down =
                part.stream().mapToDouble(i -> position(i).down()).average().orElseThrow();
        return new Displacement(right, down);
    }

    /** From the upper left corner. */
    private Displacement position(int index) {
        int row = index / pixels.side();
        return new Displacement((index % pixels.side() + 0.5) / pixels.side(), (row + 0.5) / pixels.side());
    }
}
