package dev.genfleet.engine;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.lang.management.ManagementFactory;
import java.util.HashMap;
import java.util.Map;

/**
 * Who holds how much of the working memory: admitted generations and open lanes. Owned by the engine's thread, but for
 * {@link #couldHold}.
 *
 * <p>Invariant: what generations and lanes hold together is never more than the budget.
 */
final class WorkingMemory {

    private static final int SHARE = 4;

    private final long budget;
    private final Lanes lanes;
    private final Map<ActiveGeneration, Long> held = new HashMap<>();
    private long heldBytes;

    WorkingMemory(long budget, Lanes lanes) {
        this.budget = budget;
        this.lanes = lanes;
    }

    /**
     * The usual budget: a quarter of the heap or of the memory for direct buffers, whichever may grow less. Latents live in the
     * one, forwards' buffers in the other, and either has other guests: pictures being decoded and encoded, captions, uploads.
     */
    static long usual() {
        long heap = Runtime.getRuntime().maxMemory();
        HotSpotDiagnosticMXBean options = ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
        long direct = Long.parseLong(options.getVMOption("MaxDirectMemorySize").getValue());
        return (direct == 0 ? heap : Math.min(heap, direct)) / SHARE; // 0 means as much as the heap
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
    boolean fits(LaneKey lane, Footprint footprint) {
        return missing(lane, footprint) <= lanes.idleBytes(lane);
    }

    /** Closes as many idle lanes as it takes, and holds a generation's part; its lane is added by whoever opens it. */
    void take(ActiveGeneration generation, Footprint footprint) {
        LaneKey lane = generation.plan().lane();
        long missing = missing(lane, footprint);
        if (missing > 0) {
            lanes.free(missing, lane);
        }
        held.put(generation, footprint.generation());
        heldBytes += footprint.generation();
    }

    /** Gives back what a generation held; whoever holds nothing gives nothing. */
    void giveBack(ActiveGeneration generation) {
        Long bytes = held.remove(generation);
        heldBytes -= bytes == null ? 0 : bytes;
    }

    private long missing(LaneKey lane, Footprint footprint) {
        long wanted = lanes.has(lane) ? footprint.generation() : footprint.bytes();
        return heldBytes + lanes.bytes() + wanted - budget;
    }
}
