package dev.genfleet.importer.diffussm;

/**
 * How the transform of {@code length = inner · outer} samples falls into two stages: sample {@code ja + inner · jb}, frequency
 * {@code kb + outer · ka}, with {@code ja, ka < inner} and {@code jb, kb < outer}.
 *
 * @param inner samples that lie together, the second stage's length
 * @param outer the first stage's length
 */
record Stages(int inner, int outer) {

    Stages {
        if (inner < 1 || outer < 1) {
            throw new IllegalArgumentException("stages of " + inner + " and " + outer + " make no sense");
        }
    }

    /**
     * The split of fewest multiplications. For one sample of one channel, both directions and both transforms, the outer stages
     * take {@code 2 · outer + 4 · outer}, the inner ones {@code 4 · inner + 8 · inner}.
     */
    static Stages of(int length) {
        Stages best = new Stages(1, length);
        for (int inner = 2; inner <= length; inner++) {
            if (length % inner == 0 && new Stages(inner, length / inner).cost() < best.cost()) {
                best = new Stages(inner, length / inner);
            }
        }
        return best;
    }

    int length() {
        return inner * outer;
    }

    private long cost() {
        return 6L * outer + 12L * inner;
    }
}
