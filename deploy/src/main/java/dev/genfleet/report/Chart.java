package dev.genfleet.report;

import java.util.List;
import java.util.Objects;

/**
 * Curves over one axis.
 *
 * @param title what is plotted
 * @param across what is varied; its range is that of the points
 * @param up what was measured
 * @param series one curve each
 */
record Chart(String title, Axis across, Axis up, List<Series> series) {

    Chart {
        Objects.requireNonNull(title, "title");
        Objects.requireNonNull(across, "across");
        Objects.requireNonNull(up, "up");
        series = List.copyOf(series);
    }

    /**
     * An axis.
     *
     * @param label with the unit in brackets
     * @param least where it begins
     * @param most where it ends
     * @param step between its ticks
     */
    record Axis(String label, double least, double most, double step) {

        Axis {
            if (!(least < most) || !(step > 0)) {
                throw new IllegalArgumentException("axis goes from " + least + " to " + most + " by " + step
                        + ", but must go up by steps above 0");
            }
        }

        /** Shares of pictures. */
        static Axis percent(String label) {
            return new Axis(label + " [%]", 0, 100, 20);
        }
    }

    /**
     * A curve.
     *
     * @param name for the legend
     * @param points from left to right
     */
    record Series(String name, List<Point> points) {
        Series {
            points = List.copyOf(points);
        }
    }

    record Point(double x, double y) {}
}
