package dev.genfleet.importer.census;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * The weights that a graph reads from files beside it. Several initialisers may read the same bytes, whole or in part and under
 * other shapes; bytes and numbers are counted once.
 *
 * @param regions in the graph's order, overlaps included
 * @param embedded numbers that the graph holds itself in initialisers of floats, such as frequencies
 */
public record StoredWeights(List<WeightRegion> regions, long embedded) {

    public StoredWeights {
        regions = List.copyOf(regions);
    }

    /** Numbers in the files; where a graph has none, those that it holds itself. */
    public long numbers() {
        return regions.isEmpty() ? embedded : union(Kind.NUMBERS);
    }

    /** Bytes in the files. */
    public long bytes() {
        return union(Kind.BYTES);
    }

    /** The files, in order. */
    public List<String> files() {
        return List.copyOf(
                new TreeSet<>(regions.stream().map(WeightRegion::location).toList()));
    }

    /** Their element types, in order. */
    public List<String> types() {
        return List.copyOf(
                new TreeSet<>(regions.stream().map(WeightRegion::type).toList()));
    }

    /** These weights less those of some names, such as a position table that papers do not count. */
    public StoredWeights without(Predicate<String> name) {
        return new StoredWeights(
                regions.stream().filter(region -> !name.test(region.name())).toList(), embedded);
    }

    private enum Kind {
        BYTES,
        NUMBERS
    }

    private long union(Kind kind) {
        List<WeightRegion> sorted = new ArrayList<>(regions);
        sorted.sort(Comparator.comparing(WeightRegion::location)
                .thenComparing(WeightRegion::offset)
                .thenComparing(WeightRegion::length, Comparator.reverseOrder()));
        long sum = 0;
        String location = "";
        long counted = 0;
        for (WeightRegion region : sorted) {
            if (!region.location().equals(location)) {
                location = region.location();
                counted = 0;
            }
            long fresh = region.end() - Math.max(region.offset(), counted);
            if (fresh > 0) {
                sum = Math.addExact(sum, kind == Kind.BYTES ? fresh : share(region, fresh));
                counted = region.end();
            }
        }
        return sum;
    }

    private static long share(WeightRegion region, long bytes) {
        return BigInteger.valueOf(region.numbers())
                .multiply(BigInteger.valueOf(bytes))
                .divide(BigInteger.valueOf(region.length()))
                .longValueExact();
    }
}
