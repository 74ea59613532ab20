package dev.genfleet.engine.schedule;

import dev.genfleet.sampling.Multistep;

/**
 * Of which order a step of DPM-Solver++ is: lower where too few steps are done, and at the end, where high orders go astray.
 *
 * @param highest order of the solver, 1 to 3
 * @param steps of sampling
 * @param multistep the package's choices
 */
record DpmOrders(int highest, int steps, Multistep multistep) {

    private static final int FEW_STEPS = 15;

    /** Order of {@code step}, which leads from one level to the next. */
    int of(int step, NoiseLevel here, NoiseLevel next) {
        boolean lowered = multistep.lowerOrderFinal().orElse(true) && steps < FEW_STEPS;
        boolean last = step == steps - 1;
        if (!here.bearsHighOrder(next)
                || (last && (lowered || multistep.eulerAtFinal().orElse(false)))) {
            return 1;
        }
        int most = lowered && step == steps - 2 ? 2 : highest;
        return Math.min(most, step + 1);
    }
}
