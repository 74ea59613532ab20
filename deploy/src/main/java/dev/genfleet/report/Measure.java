package dev.genfleet.report;

import java.util.Objects;
import java.util.OptionalDouble;

/**
 * A row of the report's table.
 *
 * @param model what was measured
 * @param what on which scenes, or under which settings
 * @param name of the measure
 * @param value what came out
 * @param aim the least that should come out, where there is such a bound
 */
record Measure(String model, String what, String name, Value value, OptionalDouble aim) {

    Measure {
        Objects.requireNonNull(model, "model");
        Objects.requireNonNull(what, "what");
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(value, "value");
        Objects.requireNonNull(aim, "aim");
    }

    /** A measure without a bound. */
    static Measure of(String model, String what, String name, Value value) {
        return new Measure(model, what, name, value, OptionalDouble.empty());
    }

    /** Whether less came out than should. */
    boolean isShort() {
        return aim.isPresent() && value.number() < aim.getAsDouble();
    }

    /** The aim in words; empty where there is none. */
    String aimText() {
        return aim.isPresent() ? value.aim(aim.getAsDouble()) : "";
    }
}
