package dev.genfleet.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import org.junit.jupiter.api.Test;

final class RowCostsTest {

    private static final int MAX_ROWS = 16;
    private static final int[] PAIRS = {2, 4, 6, 8, 10, 12, 14, 16};

    private final RowCosts costs = new RowCosts(MAX_ROWS);

    @Test
    void withoutAnyMeasurementEverythingThatFitsIsTaken() {
        assertThat(costs.worthwhile(PAIRS, PAIRS.length)).isEqualTo(8);
        assertThat(costs.worthwhile(PAIRS, 1)).isEqualTo(1);
        assertThat(costs.milliseconds()).isEmpty();
    }

    @Test
    void aSaturatedDeviceGetsOneSampleAtATime() {
        measured(1, 10);
        measured(2, 20);
        measured(16, 160);
        assertThat(costs.worthwhile(PAIRS, PAIRS.length)).isEqualTo(1);
    }

    @Test
    void aDeviceThatIsIdleWithFewRowsGetsAll() {
        measured(1, 10);
        measured(16, 11);
        assertThat(costs.worthwhile(PAIRS, PAIRS.length)).isEqualTo(8);
        assertThat(costs.worthwhile(PAIRS, 3)).isEqualTo(3);
    }

    /** 10 ms, and 1 ms a row: 1.625 ms a row at best, 5 % more at 14.2 rows. */
    @Test
    void theFewestRowsNearTheBestTimePerRowAreTaken() {
        measured(1, 11);
        measured(16, 26);
        assertThat(costs.worthwhile(PAIRS, PAIRS.length)).isEqualTo(8);
        costs.observe(14, millis(999)); // cold
        measured(14, 23.8);
        assertThat(costs.worthwhile(PAIRS, PAIRS.length)).isEqualTo(7);
    }

    @Test
    void rowCountsBetweenAndBeyondAreEstimated() {
        measured(2, 20);
        assertThat(costs.nanos(1)).isEqualTo(20e6);
        assertThat(costs.nanos(8)).isEqualTo(80e6);
        measured(4, 30);
        assertThat(costs.nanos(3)).isEqualTo(25e6);
        assertThat(costs.nanos(16)).isEqualTo(90e6);
        assertThat(costs.milliseconds()).isEqualTo(Map.of(2, 20.0, 4, 30.0));
    }

    @Test
    void fewerRowsNeverTakeLongerThanMore() {
        measured(4, 50);
        measured(8, 40);
        assertThat(costs.nanos(4)).isEqualTo(40e6);
        assertThat(costs.nanos(6)).isEqualTo(40e6);
    }

    @Test
    void aSingleOutlierDoesNotShow() {
        measured(4, 10);
        costs.observe(4, millis(10));
        costs.observe(4, millis(1000));
        costs.observe(4, millis(10));
        costs.observe(4, millis(10));
        assertThat(costs.nanos(4)).isEqualTo(10e6);
    }

    @Test
    void theFirstForwardOfARowCountIsCold() {
        costs.observe(4, millis(500));
        assertThat(costs.known()).isFalse();
        costs.observe(4, millis(10));
        assertThat(costs.nanos(4)).isEqualTo(10e6);
    }

    @Test
    void aChangeThatLastsIsFollowed() {
        measured(4, 10);
        for (int i = 0; i < 20; i++) {
            costs.observe(4, millis(30));
        }
        assertThat(costs.nanos(4)).isCloseTo(30e6, within(0.2e6));
    }

    @Test
    void nowAndThenAllRowsAreTakenSoThatNothingGoesStale() {
        measured(2, 20);
        measured(16, 160);
        int full = 0;
        for (int i = 0; i < 640; i++) {
            full += costs.worthwhile(PAIRS, PAIRS.length) == PAIRS.length ? 1 : 0;
        }
        assertThat(full).isEqualTo(10);
    }

    /** All that fit was held to be dear, and a trial shows that it is not. */
    @Test
    void aDeviceThatGrewFasterIsFoundOut() {
        measured(2, 20);
        measured(16, 160);
        int full = 0;
        for (int i = 0; i < 20 * RowCosts.FORWARDS_BETWEEN_TRIALS; i++) {
            int rows = PAIRS[costs.worthwhile(PAIRS, PAIRS.length) - 1];
            costs.observe(rows, millis(rows == 2 ? 20 : 40));
            full = rows == 16 ? full + 1 : 0;
        }
        assertThat(full).isGreaterThan(RowCosts.FORWARDS_BETWEEN_TRIALS);
        assertThat(costs.nanos(16)).isLessThan(80e6);
    }

    @Test
    void anotherShapeIsGuessedInProportionUntilItIsMeasured() {
        measured(1, 10);
        measured(2, 20);
        measured(16, 160);
        RowCosts larger = costs.guessFor(4);
        assertThat(larger.nanos(1)).isEqualTo(40e6);
        assertThat(larger.nanos(8)).isCloseTo(320e6, within(1.0));
        assertThat(larger.measured()).isFalse();
        larger.observe(1, millis(1));
        larger.observe(1, millis(35));
        assertThat(larger.nanos(1)).isEqualTo(35e6);
        assertThat(larger.measured()).isTrue();
    }

    private void measured(int rows, double milliseconds) {
        for (int i = 0; i < 3; i++) {
            costs.observe(rows, millis(milliseconds));
        }
    }

    private static long millis(double milliseconds) {
        return Math.round(milliseconds * 1e6);
    }
}
