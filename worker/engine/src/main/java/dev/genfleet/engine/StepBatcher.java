package dev.genfleet.engine;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Chooses who moves in the next forward; the policy and its invariants are in {@code adr/0002-who-steps-next.md}. Owned by the
 * engine's thread.
 *
 * <p>Samples stand in the order of {@link Rank}. The first one's lane (model and latent shape) runs; further samples of that lane
 * join in the same order while their rows fit, and {@link BatchSizing} says how many of these are worth it. So an urgent job
 * overtakes at the next step boundary.
 *
 * <p>Bound on starvation. A <em>turn</em> is a forward that goes by waiting time instead, longest first. It comes when some sample
 * has not moved for {@code patience}, the last turn is as long ago, and at least {@value #FORWARDS_BETWEEN_TURNS} other forwards
 * ran since. Of n samples each one begins to move at least every {@code (n + 1) · (patience + 8 · longest forward)}; rank loses
 * at most one forward in eight, and one per {@code patience}.
 *
 * <p>Invariants: a forward holds samples of one lane, each at most once, all rows of a sample together, at most {@code maxRows}
 * rows; it is empty only when no sample is there.
 */
final class StepBatcher {

    static final int FORWARDS_BETWEEN_TURNS = 7;

    private static final Comparator<Sample> BY_WAITING = Comparator.comparing(Sample::waitingSince);

    private final int maxRows;
    private final Duration patience;
    private final BatchSizing sizing;
    private final List<Sample> byRank = new ArrayList<>();
    private final List<Sample> byWaiting = new ArrayList<>();
    private final List<Sample> chosen = new ArrayList<>();
    private final int[] rowsWith;
    private Instant lastTurn;
    private int forwardsSinceTurn = FORWARDS_BETWEEN_TURNS;

    StepBatcher(int maxRows, Duration patience, BatchSizing sizing, Instant now) {
        this.maxRows = maxRows;
        this.patience = patience;
        this.sizing = sizing;
        this.lastTurn = now;
        this.rowsWith = new int[maxRows];
    }

    /** Adds a sample behind all of its rank and before all of lower rank. */
    void add(Sample sample) {
        byRank.add(Rank.placeOf(sample.generation(), byRank, Sample::generation), sample);
    }

    void remove(Sample sample) {
        byRank.remove(sample);
    }

    void removeAll(ActiveGeneration generation) {
        byRank.removeIf(sample -> sample.generation() == generation);
    }

    /** The samples of the next forward; the list is reused by the next call. */
    List<Sample> choose(Instant now) {
        chosen.clear();
        if (byRank.isEmpty()) {
            return chosen;
        }
        if (isTurn(now)) {
            lastTurn = now;
            forwardsSinceTurn = 0;
            byWaiting.addAll(byRank);
            byWaiting.sort(BY_WAITING);
            fill(byWaiting);
            byWaiting.clear();
        } else {
            forwardsSinceTurn++;
            fill(byRank);
        }
        return chosen;
    }

    private void fill(List<Sample> inOrder) {
        LaneKey lane = inOrder.getFirst().plan().lane();
        int rows = 0;
        for (int i = 0; i < inOrder.size() && rows < maxRows; i++) {
            Sample sample = inOrder.get(i);
            int more = sample.rows();
            if (rows + more <= maxRows && sample.plan().lane().equals(lane)) {
                rows += more;
                rowsWith[chosen.size()] = rows;
                chosen.add(sample);
            }
        }
        int worthIt = sizing.samples(lane, rowsWith, chosen.size());
        while (chosen.size() > worthIt) {
            chosen.removeLast();
        }
    }

    private boolean isTurn(Instant now) {
        if (forwardsSinceTurn < FORWARDS_BETWEEN_TURNS) {
            return false;
        }
        Instant limit = now.minus(patience);
        if (lastTurn.isAfter(limit)) {
            return false;
        }
        for (int i = 0; i < byRank.size(); i++) {
            if (!byRank.get(i).waitingSince().isAfter(limit)) {
                return true;
            }
        }
        return false;
    }
}
