package dev.genfleet.report;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;

/** The report's table for a terminal. */
final class TextTable {

    private static final List<String> HEAD = List.of("model", "what", "measure", "aim", "measured", "");

    private TextTable() {}

    static void print(Report report, PrintWriter out) {
        for (Report.Chapter chapter : report.chapters()) {
            out.printf(
                    "%n%s (%d s)%n", chapter.findings().title(), chapter.took().toSeconds());
            List<List<String>> rows = new ArrayList<>(List.of(HEAD));
            chapter.findings().measures().forEach(measure -> rows.add(row(measure)));
            List<Integer> widths = widths(rows);
            rows.forEach(row -> out.println(line(row, widths)));
        }
        report.leftOut().forEach(it -> out.printf("%n%s is left out: %s%n", it.name(), it.why()));
        out.flush();
    }

    private static List<String> row(Measure measure) {
        return List.of(
                measure.model(),
                measure.what(),
                measure.name(),
                measure.aimText(),
                measure.value().text(),
                measure.isShort() ? "falls short" : "");
    }

    private static List<Integer> widths(List<List<String>> rows) {
        List<Integer> widths = new ArrayList<>();
        for (int column = 0; column < HEAD.size(); column++) {
            int index = column;
            widths.add(
                    rows.stream().mapToInt(row -> row.get(index).length()).max().orElse(0));
        }
        return widths;
    }

    private static String line(List<String> cells, List<Integer> widths) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < cells.size(); i++) {
            line.append("  ")
                    .append(cells.get(i))
                    .repeat(" ", widths.get(i) - cells.get(i).length());
        }
        return line.toString().stripTrailing();
    }
}
