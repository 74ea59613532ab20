package dev.genfleet.report;

import dev.genfleet.report.Chart.Point;
import dev.genfleet.report.Chart.Series;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleFunction;
import java.util.function.Function;

/**
 * The same scenes with one setting varied.
 *
 * @param values of the setting
 * @param tallies one for each
 */
record Sweep(List<Double> values, List<Tally> tallies) {

    Sweep {
        values = List.copyOf(values);
        tallies = List.copyOf(tallies);
    }

    /** Has the scenes made with every value; all values' jobs are under way together. */
    static Sweep of(Studio studio, String what, List<Double> values, DoubleFunction<List<Order>> orders)
            throws InterruptedException {
        List<Order> all = new ArrayList<>();
        List<Integer> ends = new ArrayList<>();
        for (double value : values) {
            all.addAll(orders.apply(value));
            ends.add(all.size());
        }
        List<Outcome> outcomes = studio.all(what, all);
        List<Tally> tallies = new ArrayList<>();
        int begin = 0;
        for (int end : ends) {
            tallies.add(new Tally(outcomes.subList(begin, end)));
            begin = end;
        }
        return new Sweep(values, tallies);
    }

    /** A curve in percent. */
    Series percent(String name, Function<Tally, Value.Share> share) {
        return series(name, tally -> 100 * share.apply(tally).number());
    }

    /** A curve; points that are not numbers are left out. */
    Series series(String name, Function<Tally, Double> measure) {
        List<Point> points = new ArrayList<>();
        for (int i = 0; i < values.size(); i++) {
            Point point = new Point(values.get(i), measure.apply(tallies.get(i)));
            if (Double.isFinite(point.y())) {
                points.add(point);
            }
        }
        return new Series(name, points);
    }

    /** Rows of the table, one for each value. */
    List<Measure> measures(String model, String setting, String name, Function<Tally, Value> measure) {
        List<Measure> rows = new ArrayList<>();
        for (int i = 0; i < values.size(); i++) {
            String what = setting + " " + values.get(i);
            rows.add(Measure.of(model, what, name, measure.apply(tallies.get(i))));
            rows.addAll(tallies.get(i).failures(model, what));
        }
        return List.copyOf(rows);
    }
}
