package dev.genfleet.engine;

/** Takes what was decoded. */
@FunctionalInterface
interface Exposures {

    /** Takes the next; may wait until there is room. */
    void put(Exposure exposure) throws InterruptedException;
}
