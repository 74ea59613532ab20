package dev.genfleet.sampling;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Objects;

/**
 * Choices of UniPC (Zhao et al. 2023).
 *
 * @param solverOrder 1 to 3
 * @param solverType B(h), section 3.1 and appendix
 * @param disableCorrector steps, counted from 0, whose outcome is not corrected at the step after
 */
public record UniPc(int solverOrder, Basis solverType, List<Integer> disableCorrector) {

    /** As the class has it. */
    public static final UniPc USUAL = new UniPc(2, Basis.BH2, List.of());

    public UniPc {
        Objects.requireNonNull(solverType, "sampling.multistep.unipc.solver_type is missing in model.json");
        disableCorrector = disableCorrector == null ? List.of() : List.copyOf(disableCorrector);
        if (solverOrder < 1 || solverOrder > 3) {
            throw new IllegalArgumentException(
                    "sampling.multistep.unipc.solver_order is " + solverOrder + ", but must be 1, 2 or 3");
        }
    }

    /** B(h). */
    public enum Basis {
        /** B(h) = h. */
        @JsonProperty("bh1")
        BH1,
        /** B(h) = eʰ − 1. */
        @JsonProperty("bh2")
        BH2
    }
}
