package dev.genfleet.gateway.document;

import dev.genfleet.event.Progress;
import java.util.Optional;

/**
 * How far a job is.
 *
 * @param step steps done
 * @param steps steps in all
 * @param fraction share done, 0 to 1
 * @param etaSeconds estimate of the time until the last step
 */
public record ProgressDocument(int step, int steps, double fraction, Optional<Double> etaSeconds) {

    /** What a worker said. */
    public static ProgressDocument of(Progress progress) {
        return new ProgressDocument(
                progress.step(), progress.steps(), progress.fraction(), Optional.of(progress.etaSeconds()));
    }

    static ProgressDocument at(int step, int steps) {
        return new ProgressDocument(step, steps, (double) step / steps, Optional.empty());
    }
}
