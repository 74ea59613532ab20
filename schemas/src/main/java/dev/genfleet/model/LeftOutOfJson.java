package dev.genfleet.model;

/** Equal to the values that JSON leaves out, because their fields mean the same when absent. Jackson asks it with {@code equals}. */
final class LeftOutOfJson {

    @Override
    public boolean equals(Object value) {
        return value == null || value == BetaSchedule.LINEAR || value == PredictionType.EPSILON;
    }

    @Override
    public int hashCode() {
        return 0;
    }
}
