package dev.genfleet.importer.architectures;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** Prints rows as a table whose columns line up, which is Markdown too. Papers' figures stand as printed there. */
public final class ArchitectureTable {

    private static final List<String> HEADER =
            List.of("model", "M params", "paper", "off", "GMACs", "paper", "off", "remark");
    private static final int FIRST_NUMBER = 1;
    private static final int LAST_NUMBER = 6;

    private ArchitectureTable() {}

    /** The table, one line per row after two of heading, without a line break at its end. */
    public static String of(List<ArchitectureRow> rows) {
        List<List<String>> cells = new ArrayList<>();
        cells.add(HEADER);
        rows.forEach(row -> cells.add(cells(row)));
        List<Integer> widths = new ArrayList<>();
        for (int column = 0; column < HEADER.size(); column++) {
            int at = column;
            widths.add(
                    cells.stream().mapToInt(line -> line.get(at).length()).max().orElse(0));
        }
        List<String> lines = new ArrayList<>();
        cells.forEach(line -> lines.add(line(line, widths)));
        lines.add(1, rule(widths));
        return String.join("\n", lines);
    }

    private static List<String> cells(ArchitectureRow row) {
        double millions = row.parameters() / 1e6;
        double giga = row.macs() / 1e9;
        Optional<String> millionsPublished = row.published().flatMap(PublishedFigure::parametersMillions);
        Optional<String> gigaPublished = row.published().flatMap(PublishedFigure::gigaMacs);
        return List.of(
                row.model(),
                String.format(Locale.ROOT, "%.2f", millions),
                millionsPublished.orElse("-"),
                off(millions, millionsPublished),
                String.format(Locale.ROOT, "%.2f", giga),
                gigaPublished.orElse("-"),
                off(giga, gigaPublished),
                row.remark());
    }

    private static String off(double counted, Optional<String> published) {
        return published
                .map(Double::parseDouble)
                .map(figure -> String.format(Locale.ROOT, "%+.2f %%", 100 * (counted - figure) / figure))
                .orElse("-");
    }

    private static String line(List<String> cells, List<Integer> widths) {
        List<String> padded = new ArrayList<>();
        for (int column = 0; column < cells.size(); column++) {
            String room = " ".repeat(widths.get(column) - cells.get(column).length());
            padded.add(isNumber(column) ? room + cells.get(column) : cells.get(column) + room);
        }
        return padded.stream().collect(Collectors.joining(" | ", "| ", " |"));
    }

    private static String rule(List<Integer> widths) {
        List<String> dashes = new ArrayList<>();
        for (int column = 0; column < widths.size(); column++) {
            dashes.add("-".repeat(widths.get(column) + 1) + (isNumber(column) ? ":" : "-"));
        }
        return dashes.stream().collect(Collectors.joining("|", "|", "|"));
    }

    private static boolean isNumber(int column) {
        return column >= FIRST_NUMBER && column <= LAST_NUMBER;
    }
}
