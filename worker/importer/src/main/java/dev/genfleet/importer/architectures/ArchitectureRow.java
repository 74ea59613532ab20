package dev.genfleet.importer.architectures;

import java.util.Objects;
import java.util.Optional;

/**
 * A model as counted and as published.
 *
 * @param model its name
 * @param parameters counted numbers in the weights, by the paper's rules
 * @param macs counted multiply-accumulates of one forward of one sample
 * @param published what its paper says
 * @param remark what is to be said of it
 */
public record ArchitectureRow(
        String model, long parameters, long macs, Optional<PublishedFigure> published, Remark remark) {

    private static final int MILLION = 6;
    private static final int BILLION = 9;

    public ArchitectureRow {
        Objects.requireNonNull(model, "model");
        Objects.requireNonNull(published, "published");
        Objects.requireNonNull(remark, "remark");
        if (parameters < 0 || macs < 0) {
            throw new IllegalArgumentException(
                    model + " has " + parameters + " parameters and " + macs + " MACs, but neither may be negative");
        }
    }

    /** A row that stands beside whatever was published of a model of that name. */
    public static ArchitectureRow of(String model, long parameters, long macs, Remark remark) {
        return new ArchitectureRow(model, parameters, macs, PublishedFigures.of(model), remark);
    }

    /** Whether all that was counted, rounded to the published digits, is what was published. */
    boolean isAsPublished() {
        return millions().equal() && gigaMacs().equal();
    }

    Comparison millions() {
        return Comparison.of(parameters, MILLION, published.flatMap(PublishedFigure::parametersMillions));
    }

    Comparison gigaMacs() {
        return Comparison.of(macs, BILLION, published.flatMap(PublishedFigure::gigaMacs));
    }
}
