package dev.genfleet.importer.census;

import java.util.stream.LongStream;

/**
 * Multiply-accumulates of one run, which papers on diffusion transformers call flops. Normalisations, activations and other
 * elementwise work count nothing, as there. Their sum must fit a long.
 *
 * @param linear matrix products with a stored weight
 * @param attention products of queries with keys and of probabilities with values, in fused attention operators
 * @param convolution convolutions
 * @param products matrix products of two computed values
 */
public record Macs(long linear, long attention, long convolution, long products) {

    static final Macs NONE = new Macs(0, 0, 0, 0);

    public Macs {
        // A sum that no long holds shall fail where it arises, not where it is printed
        sum(linear, attention, convolution, products);
    }

    /** Sum over all kinds. */
    public long total() {
        return sum(linear, attention, convolution, products);
    }

    static Macs ofLinear(long count) {
        return new Macs(count, 0, 0, 0);
    }

    static Macs ofAttention(long count) {
        return new Macs(0, count, 0, 0);
    }

    static Macs ofConvolution(long count) {
        return new Macs(0, 0, count, 0);
    }

    static Macs ofProducts(long count) {
        return new Macs(0, 0, 0, count);
    }

    Macs plus(Macs other) {
        return new Macs(
                Math.addExact(linear, other.linear),
                Math.addExact(attention, other.attention),
                Math.addExact(convolution, other.convolution),
                Math.addExact(products, other.products));
    }

    private static long sum(long... counts) {
        return LongStream.of(counts).reduce(0, Math::addExact);
    }
}
