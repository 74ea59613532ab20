package dev.genfleet.importer.diffussm;

/** Complex samples of several channels at once, sample by sample: channel {@code i} of sample {@code l} at {@code l · LANES + i}. */
final class ComplexLanes {

    /** Channels at once: as many 32-bit floats fill a cache line, and loops over them become vector instructions. */
    static final int LANES = 16;

    private final double[] re;
    private final double[] im;

    ComplexLanes(int length) {
        re = new double[Math.multiplyExact(length, LANES)];
        im = new double[re.length];
    }

    double[] re() {
        return re;
    }

    double[] im() {
        return im;
    }
}
