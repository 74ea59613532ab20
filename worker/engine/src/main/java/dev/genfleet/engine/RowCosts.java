package dev.genfleet.engine;

import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What forwards of one lane take, by rows. The engine's thread measures and asks; any thread may look.
 *
 * <p>Each row count has an estimate of its own: the first forward is cold and not counted, the second begins it, the smaller of
 * the second and third follows, and from then on the median of the last three moves it by a quarter of the difference. So a single
 * outlier never shows, and a change shows within a few forwards.
 *
 * <p>Row counts between two estimates are interpolated; those above the largest go on at the last slope; those below the smallest
 * take as long as it. An estimate that is larger than one for more rows counts as that one: fewer rows cannot take longer. So
 * what is wrongly held to be dear is held to be cheap, tried, and measured.
 */
final class RowCosts {

    /** How much longer than the best a row may take, for the sake of fewer rows. */
    static final double NEAR_BEST = 1.05;

    /** Of this many forwards that could have had more rows one has them all, so that large row counts do not go stale. */
    static final int FORWARDS_BETWEEN_TRIALS = 64;

    private static final double WEIGHT = 0.25;
    private static final int SEEN_ENOUGH = 3;

    private final double[] estimates;
    private final double[] last;
    private final double[] beforeLast;
    private final int[] seen;
    private final double[] curve;
    private int forwardsSinceTrial;

    /** An empty table. */
    RowCosts(int maxRows) {
        this.estimates = new double[maxRows + 1];
        this.last = new double[maxRows + 1];
        this.beforeLast = new double[maxRows + 1];
        this.seen = new int[maxRows + 1];
        this.curve = new double[maxRows + 1];
    }

    /**
     * A guess for another shape of the same model: a row of {@code times} as many numbers counts as so many rows. What is measured
     * takes its place.
     */
    synchronized RowCosts guessFor(double times) {
        RowCosts guess = new RowCosts(maxRows());
        if (known()) {
            for (int rows = 1; rows <= maxRows(); rows = after(rows)) {
                guess.estimates[rows] = at(rows * times);
            }
            guess.draw();
        }
        return guess;
    }

    int maxRows() {
        return curve.length - 1;
    }

    /** The row count that is measured after {@code rows}: 1, 2, 4, 8 … and the most; beyond the most where there is none. */
    int after(int rows) {
        return rows == maxRows() ? rows + 1 : Math.min(2 * rows, maxRows());
    }

    /** Whether any forward was measured; a guess may be there without. */
    synchronized boolean measured() {
        for (int count : seen) {
            if (count > 0) {
                return true;
            }
        }
        return false;
    }

    /** Whether anything is known, be it a guess. */
    synchronized boolean known() {
        return curve[maxRows()] > 0;
    }

    /** Takes a measurement. */
    synchronized void observe(int rows, long took) {
        double nanos = (double) took;
        if (seen[rows] > 0) {
            estimates[rows] = switch (seen[rows]) {
                case 1 -> nanos;
                case 2 -> Math.min(last[rows], nanos);
                default -> estimates[rows] + WEIGHT * (median(nanos, last[rows], beforeLast[rows]) - estimates[rows]);
            };
            draw();
        }
        beforeLast[rows] = last[rows];
        last[rows] = nanos;
        seen[rows] = Math.min(seen[rows] + 1, SEEN_ENOUGH);
    }

    /** Nanoseconds of a forward, 0 where nothing is known. */
    synchronized double nanos(int rows) {
        return curve[rows];
    }

    /**
     * The fewest samples whose time per row is within {@link #NEAR_BEST} of the best; now and then all of them.
     *
     * @param rowsWith rows of the first sample, of the first two, and so on
     * @param count samples that there are
     */
    synchronized int worthwhile(int[] rowsWith, int count) {
        double best = Double.POSITIVE_INFINITY;
        for (int i = 0; i < count; i++) {
            best = Math.min(best, curve[rowsWith[i]] / rowsWith[i]);
        }
        int fewest = 1;
        while (fewest < count && curve[rowsWith[fewest - 1]] / rowsWith[fewest - 1] > NEAR_BEST * best) {
            fewest++;
        }
        if (fewest == count) {
            return count;
        }
        forwardsSinceTrial++;
        if (!known() || forwardsSinceTrial >= FORWARDS_BETWEEN_TRIALS) {
            forwardsSinceTrial = 0;
            return count;
        }
        return fewest;
    }

    /** Rows → milliseconds, where there is an estimate. */
    synchronized SortedMap<Integer, Double> milliseconds() {
        SortedMap<Integer, Double> table = new TreeMap<>();
        for (int rows = 1; rows < estimates.length; rows++) {
            if (estimates[rows] > 0) {
                table.put(rows, curve[rows] / 1e6);
            }
        }
        return table;
    }

    /** Draws the curve through the estimates, from the most rows down. */
    private void draw() {
        int upper = 0;
        for (int rows = maxRows(); rows >= 1; rows--) {
            if (estimates[rows] > 0) {
                curve[rows] = upper == 0 ? estimates[rows] : Math.min(estimates[rows], curve[upper]);
                for (int between = rows + 1; between < upper; between++) {
                    double part = (double) (between - rows) / (upper - rows);
                    curve[between] = curve[rows] + part * (curve[upper] - curve[rows]);
                }
                upper = rows;
            }
        }
        for (int rows = 1; rows < upper; rows++) {
            curve[rows] = curve[upper];
        }
        goOn();
    }

    /** Row counts above the largest estimate: at the slope between it and the one before, or from nothing where it is the only. */
    private void goOn() {
        int top = maxRows();
        while (top > 0 && estimates[top] == 0) {
            top--;
        }
        int below = Math.max(0, top - 1);
        while (below > 0 && estimates[below] == 0) {
            below--;
        }
        double slope = top == 0 ? 0 : (curve[top] - (below == 0 ? 0 : curve[below])) / (top - below);
        for (int rows = top + 1; rows <= maxRows(); rows++) {
            curve[rows] = curve[top] + slope * (rows - top);
        }
    }

    private double at(double rows) {
        if (rows <= 1) {
            return curve[1];
        }
        int whole = (int) Math.min(rows, maxRows() - 1);
        return curve[whole] + (rows - whole) * (curve[whole + 1] - curve[whole]);
    }

    private static double median(double a, double b, double c) {
        return Math.max(Math.min(a, b), Math.min(Math.max(a, b), c));
    }
}
