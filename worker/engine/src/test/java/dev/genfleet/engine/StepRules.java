package dev.genfleet.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The invariants of {@code adr/0002-who-steps-next.md}, looked at from outside: by what each turn of the loop has moved. */
final class StepRules {

    private final int maxRows;
    private final Duration patience;
    private final SimulatedDevice device;
    private final Map<Sample, Integer> stepsBefore = new HashMap<>();
    private final Map<Sample, Integer> rowsBefore = new HashMap<>();
    private final Map<Sample, Instant> lastMoved = new HashMap<>();
    private final List<Sample> order = new ArrayList<>();
    private Instant now = Instant.EPOCH;
    private Instant lastTurn = Instant.MIN;
    private int sinceTurn = StepBatcher.FORWARDS_BETWEEN_TURNS;
    private int mostSamples;
    private Duration longestWait = Duration.ZERO;
    private int turns;

    StepRules(int maxRows, Duration patience, SimulatedDevice device) {
        this.maxRows = maxRows;
        this.patience = patience;
        this.device = device;
    }

    /** Notes how things stand before a turn. */
    void before(List<ActiveGeneration> alive, Instant instant) {
        now = instant;
        stepsBefore.clear();
        rowsBefore.clear();
        for (ActiveGeneration generation : alive) {
            for (Sample sample : generation.samples()) {
                note(sample);
            }
        }
    }

    private void note(Sample sample) {
        stepsBefore.put(sample, sample.step());
        rowsBefore.put(sample, sample.done() ? 0 : sample.rows());
    }

    /** Looks at what a turn has done. */
    void after(List<ActiveGeneration> alive, boolean ran) {
        Set<Sample> moved = new HashSet<>();
        List<Sample> could = new ArrayList<>();
        for (ActiveGeneration generation : alive) {
            for (Sample sample : generation.samples()) {
                int before = stepsBefore.getOrDefault(sample, 0);
                if (before == sample.plan().steps() || (generation.ended() && sample.step() == before)) {
                    continue;
                }
                if (!order.contains(sample)) {
                    order.add(sample); // this turn has admitted it
                    lastMoved.put(sample, now);
                }
                rowsBefore.putIfAbsent(
                        sample, sample.plan().guidance(0).branches().size());
                could.add(sample);
                if (sample.step() != before) {
                    assertThat(sample.step()).as("no sample moves twice").isEqualTo(before + 1);
                    moved.add(sample);
                }
            }
        }
        assertThat(moved.isEmpty())
                .as("a forward runs exactly when someone could move")
                .isEqualTo(could.isEmpty());
        assertThat(ran).isEqualTo(!could.isEmpty());
        if (ran) {
            look(could, moved);
        }
        order.removeIf(Sample::done);
    }

    private void look(List<Sample> could, Set<Sample> moved) {
        LaneKey lane = moved.iterator().next().plan().lane();
        int rows = 0;
        for (Sample sample : moved) {
            assertThat(sample.plan().lane()).as("one lane").isEqualTo(lane);
            rows += rowsBefore.get(sample);
        }
        assertThat(rows).as("whole samples").isEqualTo(device.rowsOfLast).isLessThanOrEqualTo(maxRows);
        could.sort(this::byRank);
        mostSamples = Math.max(mostSamples, could.size());
        if (isByRank(could, moved, lane)) {
            sinceTurn++;
        } else {
            isATurn(could, moved);
        }
        for (Sample sample : moved) {
            Duration waited = Duration.between(lastMoved.get(sample), now);
            longestWait = waited.compareTo(longestWait) > 0 ? waited : longestWait;
            lastMoved.put(sample, now);
        }
        assertThat(longestWait).as("bound on starvation").isLessThanOrEqualTo(bound());
    }

    /** Whether the first by rank has moved, and of its lane whoever comes before one that moved too, unless it did not fit. */
    private boolean isByRank(List<Sample> ranked, Set<Sample> moved, LaneKey lane) {
        int rows = 0;
        int missing = moved.size();
        for (Sample sample : ranked) {
            if (moved.contains(sample)) {
                rows += rowsBefore.get(sample);
                missing--;
            } else if (rows == 0 || (sample.plan().lane().equals(lane) && rows + rowsBefore.get(sample) <= maxRows)) {
                return false;
            }
            if (missing == 0) {
                return true;
            }
        }
        throw new AssertionError("somebody moved who is not there");
    }

    private void isATurn(List<Sample> could, Set<Sample> moved) {
        Sample longest = could.getFirst();
        for (Sample sample : could) {
            longest = lastMoved.get(sample).isBefore(lastMoved.get(longest)) ? sample : longest;
        }
        Instant limit = now.minus(patience);
        assertThat(lastMoved.get(longest)).as("out of rank without need").isBeforeOrEqualTo(limit);
        Instant since = lastMoved.get(longest);
        assertThat(moved).as("a turn is led by who waited longest").anyMatch(each -> leads(each, since));
        assertThat(lastTurn).as("turns too close").isBeforeOrEqualTo(limit);
        assertThat(sinceTurn).as("turns too close").isGreaterThanOrEqualTo(StepBatcher.FORWARDS_BETWEEN_TURNS);
        lastTurn = now;
        sinceTurn = 0;
        turns++;
    }

    private boolean leads(Sample sample, Instant since) {
        return lastMoved.get(sample).equals(since);
    }

    private int byRank(Sample a, Sample b) {
        int byRank = Rank.ORDER.compare(a.generation(), b.generation());
        return byRank != 0 ? byRank : Integer.compare(order.indexOf(a), order.indexOf(b));
    }

    /** Only who has not begun expires, and only after its deadline. */
    void expired(ActiveGeneration generation, Instant at) {
        assertThat(generation.generation().deadline())
                .hasValueSatisfying(deadline -> assertThat(deadline).isBeforeOrEqualTo(at));
        assertThat(generation.samples())
                .allSatisfy(sample -> assertThat(sample.step()).isZero());
    }

    /** What no sample may wait longer than. */
    Duration bound() {
        Duration forwards = device.longest.multipliedBy(StepBatcher.FORWARDS_BETWEEN_TURNS + 1L);
        return patience.plus(forwards).multipliedBy(mostSamples + 1L);
    }

    /** Most samples that were there to be moved at once. */
    int mostSamples() {
        return mostSamples;
    }

    Duration longestWait() {
        return longestWait;
    }

    int turns() {
        return turns;
    }
}
