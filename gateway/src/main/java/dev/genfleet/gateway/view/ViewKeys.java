package dev.genfleet.gateway.view;

import dev.genfleet.wire.RedisKeys;

/** Keys of the view besides the jobs themselves; all of them are dropped with it. */
public final class ViewKeys {

    /** Every key of the view but the jobs' hashes starts with it. */
    public static final String PREFIX = RedisKeys.PREFIX + "view:";

    /** Identity of this making of the view. Missing means that the view is lost; {@link #DROPPING} that it is being dropped. */
    public static final String EPOCH = PREFIX + "epoch";

    /** Value of {@link #EPOCH} while the view is deleted. */
    public static final String DROPPING = "dropping";

    /** The epoch that some gateway has rebuilt completely. */
    public static final String BUILT = PREFIX + "built";

    /** Hash {@code topic/partition} → next offset to apply, valid within the epoch. */
    static final String OFFSETS = PREFIX + "offsets";

    /** All job ids; ids sort by creation time. */
    static final String ALL = PREFIX + "jobs";

    private ViewKeys() {}

    static String ofState(JobState state) {
        return PREFIX + "state:" + state.wireName();
    }

    static String ofModel(String model) {
        return PREFIX + "model:" + model;
    }

    /** Jobs that no worker has taken, by topic. */
    static String waiting(String topic) {
        return PREFIX + "waiting:" + topic;
    }
}
