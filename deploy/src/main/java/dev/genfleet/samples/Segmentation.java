package dev.genfleet.samples;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;

/**
 * Cuts a picture into objects: connected pixels that differ from the background, and, should two objects touch, the two sides of
 * such a piece that palette colours tell apart.
 */
final class Segmentation {
    /** Distance from the background that makes an object; the least contrast of the palette, purple on gray, is 104. */
    private static final double CONTRAST = 45;

    /** Fraction of the canvas; the smallest object of the world, a small cross, has 2.7 %. */
    private static final double SMALLEST = 0.01;

    /** Fraction of the largest object; less is a stain. */
    private static final double STAIN = 0.2;

    /** Fraction of the canvas; the largest object of the world has 17 %. */
    private static final double LARGEST = 0.4;

    private final Pixels pixels;
    private final Rgb background;

    Segmentation(Pixels pixels, Rgb background) {
        this.pixels = pixels;
        this.background = background;
    }

    /** The pixels of each object with the edge around it, largest object first; no pixel belongs to two. */
    List<BitSet> objects() {
        List<BitSet> pieces = pieces();
        if (pieces.size() == 1) {
            pieces = new TouchingObjects(pixels, background).apart(pieces.getFirst());
        }
        List<BitSet> grown = new ArrayList<>(pieces.size());
        for (BitSet piece : pieces) {
            BitSet object = dilated(dilated(piece));
            pieces.forEach(object::andNot);
            object.or(piece);
            grown.forEach(object::andNot);
            grown.add(object);
        }
        return grown;
    }

    private List<BitSet> pieces() {
        BitSet foreground = new BitSet(pixels.count());
        for (int i = 0; i < pixels.count(); i++) {
            foreground.set(i, pixels.at(i).minus(background).squared() >= CONTRAST * CONTRAST);
        }
        List<BitSet> pieces = new ArrayList<>();
        while (!foreground.isEmpty()) {
            BitSet piece = connected(foreground, foreground.nextSetBit(0));
            foreground.andNot(piece);
            if (piece.cardinality() >= SMALLEST * pixels.count()) {
                pieces.add(piece);
            }
        }
        pieces.sort(Comparator.comparingInt(BitSet::cardinality).reversed());
        pieces.removeIf(piece -> piece.cardinality() > LARGEST * pixels.count());
        pieces.removeIf(piece -> piece.cardinality() < STAIN * pieces.getFirst().cardinality());
        return pieces;
    }

    private BitSet connected(BitSet among, int start) {
        BitSet piece = new BitSet(pixels.count());
        ArrayDeque<Integer> open = new ArrayDeque<>(List.of(start));
        piece.set(start);
        while (!open.isEmpty()) {
            for (int neighbour : neighbours(open.remove())) {
                if (among.get(neighbour) && !piece.get(neighbour)) {
                    piece.set(neighbour);
                    open.add(neighbour);
                }
            }
        }
        return piece;
    }

    private BitSet dilated(BitSet piece) {
        BitSet wider = (BitSet) piece.clone();
        piece.stream().flatMap(i -> Arrays.stream(neighbours(i))).forEach(wider::set);
        return wider;
    }

    /** The pixels beside and diagonal to one. */
    private int[] neighbours(int index) {
        int side = pixels.side();
        int row = index / side;
        int column = index % side;
        int[] found = new int[8];
        int count = 0;
        for (int y = Math.max(0, row - 1); y <= Math.min(side - 1, row + 1); y++) {
            for (int x = Math.max(0, column - 1); x <= Math.min(side - 1, column + 1); x++) {
                if (y != row || x != column) {
                    found[count++] = y * side + x;
                }
            }
        }
        return Arrays.copyOf(found, count);
    }
}
