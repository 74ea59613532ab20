package dev.genfleet.gateway.document;

import dev.genfleet.event.Progress;
import java.net.URI;
import java.util.Optional;

/**
 * How far a job is.
 *
 * @param step steps done
 * @param steps steps in all
 * @param fraction share done, 0 to 1
 * @param etaSeconds estimate of the time until the last step
 * @param previewUrl where to see what is under way, of jobs that asked for it; another address for each preview
 */
public record ProgressDocument(
        int step, int steps, double fraction, Optional<Double> etaSeconds, Optional<URI> previewUrl) {

    /**
     * What a worker said.
     *
     * @param base address under which the caller reaches the gateway
     */
    public static ProgressDocument of(Progress progress, URI base) {
        return new ProgressDocument(
                progress.step(),
                progress.steps(),
                progress.fraction(),
                Optional.of(progress.etaSeconds()),
                Links.preview(base, progress));
    }

    static ProgressDocument at(int step, int steps) {
        return new ProgressDocument(step, steps, (double) step / steps, Optional.empty(), Optional.empty());
    }
}
