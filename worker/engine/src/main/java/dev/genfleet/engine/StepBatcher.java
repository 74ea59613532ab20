package dev.genfleet.engine;

import dev.genfleet.job.Priority;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Chooses who moves in the next forward. Owned by the engine's thread.
 *
 * <p>Policy. Samples are ranked by priority, then by when their job was submitted, then by order of admission. The lane (model
 * and latent shape) of the first sample runs; further samples of that lane join in rank order while their rows fit. So an urgent
 * job overtakes at the next step boundary, and jobs of one priority run first come, first served, which ends the first soonest.
 *
 * <p>Bound on starvation. When some sample has not moved for {@code patience}, and the last forward of this kind is as long ago,
 * one forward ranks by waiting time instead, longest first. Of n forwards' worth of waiting samples each one moves at least every
 * {@code (n + 1) · patience}; urgent work loses at most one forward per {@code patience}.
 *
 * <p>Invariants: a forward holds samples of one lane, each at most once, all rows of a sample together, at most {@code maxRows}
 * rows; it is empty only when no sample is there.
 */
final class StepBatcher {

    private static final Comparator<Sample> BY_RANK = Comparator.<Sample, Priority>comparing(
                    sample -> sample.generation().generation().priority())
            .thenComparing(sample -> sample.generation().generation().submittedAt());
    private static final Comparator<Sample> BY_WAITING = Comparator.comparing(Sample::waitingSince);

    private final int maxRows;
    private final Duration patience;
    private final List<Sample> inOrderOfAdmission = new ArrayList<>();
    private final List<Sample> ranked = new ArrayList<>();
    private final List<Sample> chosen = new ArrayList<>();
    private Instant lastByWaiting;

    StepBatcher(int maxRows, Duration patience, Instant now) {
        this.maxRows = maxRows;
        this.patience = patience;
        this.lastByWaiting = now;
    }

    void add(Sample sample) {
        inOrderOfAdmission.add(sample);
    }

    void remove(Sample sample) {
        inOrderOfAdmission.remove(sample);
    }

    void removeAll(ActiveGeneration generation) {
        inOrderOfAdmission.removeIf(sample -> sample.generation() == generation);
    }

    boolean isEmpty() {
        return inOrderOfAdmission.isEmpty();
    }

    /** The samples of the next forward; the list is reused by the next call. */
    List<Sample> choose(Instant now) {
        chosen.clear();
        ranked.clear();
        ranked.addAll(inOrderOfAdmission);
        ranked.sort(waitedTooLong(now) ? BY_WAITING : BY_RANK);
        int rows = 0;
        for (Sample sample : ranked) {
            boolean sameLane = chosen.isEmpty()
                    || sample.plan().lane().equals(chosen.getFirst().plan().lane());
            if (sameLane && rows + sample.rows() <= maxRows) {
                chosen.add(sample);
                rows += sample.rows();
            }
        }
        return chosen;
    }

    private boolean waitedTooLong(Instant now) {
        Instant limit = now.minus(patience);
        if (lastByWaiting.isAfter(limit)) {
            return false;
        }
        for (Sample sample : inOrderOfAdmission) {
            if (!sample.waitingSince().isAfter(limit)) {
                lastByWaiting = now;
                return true;
            }
        }
        return false;
    }
}
