package dev.genfleet.importer.census;

/**
 * Multiply-accumulates of one run, which papers on diffusion transformers call flops. Normalisations, activations and other
 * elementwise work count nothing, as there.
 *
 * @param linear matrix products with a stored weight
 * @param attention products of queries with keys and of probabilities with values, in fused attention operators
 * @param convolution convolutions
 * @param products matrix products of two computed values
 */
public record Macs(long linear, long attention, long convolution, long products) {

    static final Macs NONE = new Macs(0, 0, 0, 0);

    /** Sum over all kinds; {@link ArithmeticException} where it exceeds a long. */
    public long total() {
        return Math.addExact(Math.addExact(linear, attention), Math.addExact(convolution, products));
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
}
