package dev.genfleet.engine;

/** Says how many of the samples that could share a forward should. */
@FunctionalInterface
interface BatchSizing {

    /**
     * How many of the first samples to take.
     *
     * @param lane of all of them
     * @param rowsWith rows of the first sample, of the first two, and so on, ascending
     * @param count samples that would fit; entries of {@code rowsWith} beyond are meaningless
     * @return from 1 to {@code count}
     */
    int samples(LaneKey lane, int[] rowsWith, int count);
}
