package dev.genfleet.sampling;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Optional;

/**
 * Choices of DPM-Solver++ and UniPC.
 *
 * @param solverType second-order DPM-Solver++; empty means midpoint
 * @param lowerOrderFinal whether the last steps are of lower order (DPM-Solver++: where there are less than 15); empty means yes
 * @param eulerAtFinal whether DPM-Solver++'s last step is of first order in any case; empty means no
 * @param unipc of UniPC only; empty means order 2, bh2, always corrected
 */
public record Multistep(
        Optional<Solver> solverType,
        Optional<Boolean> lowerOrderFinal,
        Optional<Boolean> eulerAtFinal,
        Optional<UniPc> unipc) {

    /** Every choice left to the class. */
    public static final Multistep USUAL =
            new Multistep(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

    public Multistep {
        solverType = Sampling.orEmpty(solverType);
        lowerOrderFinal = Sampling.orEmpty(lowerOrderFinal);
        eulerAtFinal = Sampling.orEmpty(eulerAtFinal);
        unipc = Sampling.orEmpty(unipc);
    }

    /** How second-order DPM-Solver++ takes its derivative in. */
    public enum Solver {
        /** The exponential midpoint rule. */
        @JsonProperty("midpoint")
        MIDPOINT,
        /** Heun's rule. */
        @JsonProperty("heun")
        HEUN
    }
}
