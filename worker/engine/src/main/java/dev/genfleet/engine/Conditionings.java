package dev.genfleet.engine;

import dev.genfleet.engine.device.RowConditioning;
import dev.genfleet.engine.guidance.Branch;
import java.util.Objects;

/**
 * What the rows of a generation are conditioned on.
 *
 * @param conditional the label or caption
 * @param unconditional the null class, or the negative or null text; equal to {@code conditional} where guidance needs none
 */
record Conditionings(RowConditioning conditional, RowConditioning unconditional) {

    Conditionings {
        Objects.requireNonNull(conditional, "conditional");
        Objects.requireNonNull(unconditional, "unconditional");
    }

    RowConditioning of(Branch branch) {
        return switch (branch) {
            case CONDITIONAL -> conditional;
            case UNCONDITIONAL, MOTION_FREE -> unconditional;
        };
    }
}
