package dev.genfleet.report;

import dev.genfleet.report.Chart.Axis;
import dev.genfleet.report.Chart.Point;
import dev.genfleet.report.Chart.Series;
import java.util.Formatter;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Draws curves as SVG inside HTML. Colours are the page's: classes {@code curve-0}, {@code curve-1} and so on. */
final class SvgChart {

    private static final int WIDTH = 460;
    private static final int HEIGHT = 300;
    private static final int LEFT = 54;
    private static final int RIGHT = 14;
    private static final int TOP = 30;
    private static final int BOTTOM = 48;
    private static final int LEGEND_WIDTH_PER_LETTER = 7;

    private final Chart chart;
    private final StringBuilder svg = new StringBuilder();
    private final Formatter format = new Formatter(svg, Locale.ROOT);

    private SvgChart(Chart chart) {
        this.chart = chart;
    }

    static String of(Chart chart) {
        return new SvgChart(chart).draw();
    }

    private String draw() {
        format.format(
                "<svg class=\"chart\" viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"%s\">",
                WIDTH, HEIGHT, Html.escaped(words()));
        for (int i = 0; i <= ticks(chart.across()); i++) {
            double value = tick(chart.across(), i);
            line(x(value), TOP, x(value), HEIGHT - BOTTOM, "grid");
            text(x(value), HEIGHT - BOTTOM + 16, "middle", number(value));
        }
        for (int i = 0; i <= ticks(chart.up()); i++) {
            double value = tick(chart.up(), i);
            line(LEFT, y(value), WIDTH - RIGHT, y(value), "grid");
            text(LEFT - 7, y(value) + 4, "end", number(value));
        }
        line(LEFT, TOP, LEFT, HEIGHT - BOTTOM, "axis");
        line(LEFT, HEIGHT - BOTTOM, WIDTH - RIGHT, HEIGHT - BOTTOM, "axis");
        text((LEFT + WIDTH - RIGHT) / 2.0, HEIGHT - 10, "middle", chart.across().label());
        double middle = (TOP + HEIGHT - BOTTOM) / 2.0;
        format.format(
                "<text x=\"14\" y=\"%.1f\" text-anchor=\"middle\" transform=\"rotate(-90 14 %.1f)\">%s</text>",
                middle, middle, Html.escaped(chart.up().label()));
        double legend = LEFT;
        for (int i = 0; i < chart.series().size(); i++) {
            Series series = chart.series().get(i);
            curve(series, i);
            line(legend, 14, legend + 18, 14, "curve curve-" + i);
            text(legend + 23, 18, "start", series.name());
            legend += 40 + LEGEND_WIDTH_PER_LETTER * series.name().length();
        }
        return svg.append("</svg>").toString();
    }

    private void curve(Series series, int index) {
        format.format(
                "<polyline class=\"curve curve-%d\" points=\"%s\"/>",
                index,
                series.points().stream()
                        .map(point -> String.format(Locale.ROOT, "%.1f,%.1f", x(point.x()), y(point.y())))
                        .collect(Collectors.joining(" ")));
        for (Point point : series.points()) {
            format.format(
                    "<circle class=\"dot curve-%d\" cx=\"%.1f\" cy=\"%.1f\" r=\"3.5\"><title>%s</title></circle>",
                    index,
                    x(point.x()),
                    y(point.y()),
                    Html.escaped(series.name() + " at " + number(point.x()) + ": " + number(point.y())));
        }
    }

    /** The numbers again, for those who cannot see curves. */
    private String words() {
        return chart.title() + "; " + chart.up().label() + " over "
                + chart.across().label() + "; "
                + chart.series().stream()
                        .map(series -> series.name() + ": " + points(series.points()))
                        .collect(Collectors.joining("; "));
    }

    private static String points(List<Point> points) {
        return points.stream()
                .map(point -> number(point.y()) + " at " + number(point.x()))
                .collect(Collectors.joining(", "));
    }

    private void line(double fromX, double fromY, double toX, double toY, String style) {
        format.format(
                "<line class=\"%s\" x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\"/>", style, fromX, fromY, toX, toY);
    }

    private void text(double x, double y, String anchor, String text) {
        format.format("<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\">%s</text>", x, y, anchor, Html.escaped(text));
    }

    private double x(double value) {
        return LEFT + share(chart.across(), value) * (WIDTH - LEFT - RIGHT);
    }

    /** Curves that leave the chart run along its border. */
    private double y(double value) {
        return HEIGHT - BOTTOM - Math.clamp(share(chart.up(), value), 0.0, 1.0) * (HEIGHT - TOP - BOTTOM);
    }

    private static double share(Axis axis, double value) {
        return (value - axis.least()) / (axis.most() - axis.least());
    }

    private static long ticks(Axis axis) {
        return Math.round((axis.most() - axis.least()) / axis.step());
    }

    private static double tick(Axis axis, int index) {
        return axis.least() + index * axis.step();
    }

    private static String number(double value) {
        String text = String.format(Locale.ROOT, "%.2f", value);
        return text.replaceAll("\\.?0+$", "");
    }
}
