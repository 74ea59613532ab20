package dev.genfleet.worker.config;

import dev.genfleet.job.Priority;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * How many slots a worker has per pool, and which jobs each takes. Subscriptions are nested: a slot takes jobs of its priority and of
 * every more urgent one, so nothing starves and nothing urgent waits behind a batch. Some slot must not take batch jobs: only when
 * subscriptions differ does a share group's assignor spread each topic over its subscribers by itself; otherwise it divides the
 * partitions of all topics among the slots, and a job can wait for one busy slot while others are idle.
 *
 * @param slots the least urgent priority that each slot takes
 */
public record SlotPlan(List<Priority> slots) {

    /** One slot for interactive jobs only, one for standard and interactive ones, six for all. */
    public static final SlotPlan USUAL = parse("interactive:1,standard:1,batch:6");

    private static final int MOST = 200;

    public SlotPlan {
        slots = List.copyOf(slots);
        if (slots.isEmpty() || slots.size() > MOST) {
            throw new IllegalArgumentException("a worker has " + slots.size() + " slots, but must have 1 to " + MOST);
        }
        if (!slots.contains(Priority.BATCH)) {
            throw new IllegalArgumentException("no slot takes batch jobs");
        }
        if (slots.stream().allMatch(Priority.BATCH::equals)) {
            throw new IllegalArgumentException("no slot is kept for jobs more urgent than batch");
        }
    }

    /**
     * Reads {@code priority:count} pairs with commas between, such as {@code interactive:1,standard:1,batch:6}.
     *
     * @throws IllegalArgumentException when the text has another form or names a priority twice
     */
    static SlotPlan parse(String text) {
        List<Priority> slots = new ArrayList<>();
        Set<Priority> seen = EnumSet.noneOf(Priority.class);
        for (String pair : text.split(",", -1)) {
            String[] parts = pair.strip().split(":", -1);
            if (parts.length != 2) {
                throw new IllegalArgumentException(pair);
            }
            Priority priority = Priority.parse(parts[0]);
            if (!seen.add(priority)) {
                throw new IllegalArgumentException(pair);
            }
            slots.addAll(Collections.nCopies(Forms.number(0, MOST).apply(parts[1]), priority));
        }
        return new SlotPlan(slots);
    }
}
