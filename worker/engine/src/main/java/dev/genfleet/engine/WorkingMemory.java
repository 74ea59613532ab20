package dev.genfleet.engine;

import java.util.HashSet;
import java.util.Set;

/**
 * Who holds how much of the working memory: admitted generations and open lanes. Owned by the engine's thread, but for
 * {@link #couldHold}.
 *
 * <p>Invariant: what generations and lanes hold together is never more than the budget.
 */
final class WorkingMemory {

    private static final int SHARE_OF_HEAP = 4;

    private final long budget;
    private final Lanes lanes;
    private final Set<ActiveGeneration> held = new HashSet<>();
    private long heldBytes;

    WorkingMemory(long budget, Lanes lanes) {
        this.budget = budget;
        this.lanes = lanes;
    }

    /**
     * The usual budget: a quarter of the heap. Latents and captions live there, and it has other guests: pictures being decoded and
     * encoded, uploads. Forwards' buffers lie beside the heap, and so take no more than that again.
     */
    static long usual() {
        return Runtime.getRuntime().maxMemory() / SHARE_OF_HEAP;
    }

    /** Bytes that there are. */
    long budget() {
        return budget;
    }

    /** Whether there is room for it when nobody else holds any; any thread. */
    boolean couldHold(Footprint footprint) {
        return footprint.bytes() <= budget;
    }

    /** Whether there is room for it now, idle lanes closed where need be. */
    boolean fits(ActiveGeneration generation) {
        return missing(generation) <= lanes.idleBytes(generation.plan().lane());
    }

    /** Closes as many idle lanes as it takes, and holds a generation's part; its lane is added by whoever opens it. */
    void take(ActiveGeneration generation) {
        long missing = missing(generation);
        if (missing > 0) {
            lanes.free(missing, generation.plan().lane());
        }
        if (held.add(generation)) {
            heldBytes += generation.footprint().generation();
        }
    }

    /** Gives back what a generation held; whoever holds nothing gives nothing. */
    void giveBack(ActiveGeneration generation) {
        if (held.remove(generation)) {
            heldBytes -= generation.footprint().generation();
        }
    }

    private long missing(ActiveGeneration generation) {
        Footprint footprint = generation.footprint();
        long wanted = lanes.has(generation.plan().lane()) ? footprint.generation() : footprint.bytes();
        return heldBytes + lanes.bytes() + wanted - budget;
    }
}
