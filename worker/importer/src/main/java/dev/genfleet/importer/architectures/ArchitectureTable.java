package dev.genfleet.importer.architectures;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Prints rows as a table whose columns line up, which is Markdown too, with numbered notes and sources below it. Papers' figures
 * stand as printed there.
 */
public final class ArchitectureTable {

    private static final List<String> HEADER =
            List.of("model", "M params", "published", "off", "GMACs", "published", "off", "remark");
    private static final int FIRST_NUMBER = 1;
    private static final int LAST_NUMBER = 6;
    private static final int COLUMNS = 118;

    private static final String LEGEND = """
            Counted in the graphs that are emitted for these models. M params: millions of parameters, tables of positions left \
            out. GMACs: billions of multiply-accumulates of one forward of one sample, in matrix products, attention and \
            convolutions. off: counted above published, = where the published digits are the same.""";

    private ArchitectureTable() {}

    /**
     * The table of all published sizes: every graph is emitted and counted, which takes seconds.
     *
     * @throws IllegalStateException when one of our own graphs cannot be counted
     */
    public static String ofPublished() {
        return of(PublishedArchitectures.all().stream()
                .map(PublishedArchitecture::count)
                .toList());
    }

    /** The table: one line per row after two of heading, then legend, notes and sources; without a line break at its end. */
    public static String of(List<ArchitectureRow> rows) {
        List<String> notes = rows.stream()
                .map(row -> row.remark().note())
                .filter(note -> !note.isEmpty())
                .distinct()
                .toList();
        List<String> lines = new ArrayList<>(grid(rows, notes));
        lines.add("");
        lines.addAll(Wrapped.text("", LEGEND, COLUMNS));
        for (int i = 0; i < notes.size(); i++) {
            lines.addAll(Wrapped.text("[" + (i + 1) + "] ", notes.get(i), COLUMNS));
        }
        List<String> sources = rows.stream()
                .flatMap(row -> row.published().stream())
                .map(PublishedFigure::source)
                .distinct()
                .toList();
        if (!sources.isEmpty()) {
            lines.add("");
            lines.add("Published:");
            sources.forEach(source -> lines.addAll(Wrapped.text("- ", source, COLUMNS)));
        }
        return String.join("\n", lines);
    }

    private static List<String> grid(List<ArchitectureRow> rows, List<String> notes) {
        List<List<String>> cells = new ArrayList<>();
        cells.add(HEADER);
        rows.forEach(row -> cells.add(cells(row, notes)));
        List<Integer> widths = new ArrayList<>();
        for (int column = 0; column < HEADER.size(); column++) {
            int at = column;
            widths.add(
                    cells.stream().mapToInt(line -> line.get(at).length()).max().orElse(0));
        }
        List<String> lines = new ArrayList<>();
        cells.forEach(line -> lines.add(line(line, widths)));
        lines.add(1, rule(widths));
        return lines;
    }

    private static List<String> cells(ArchitectureRow row, List<String> notes) {
        Comparison millions = row.millions();
        Comparison giga = row.gigaMacs();
        int note = notes.indexOf(row.remark().note()) + 1;
        return List.of(
                row.model(),
                millions.countedText(),
                millions.publishedText(),
                millions.offText(),
                giga.countedText(),
                giga.publishedText(),
                giga.offText(),
                note == 0 ? row.remark().words() : row.remark().words() + " [" + note + "]");
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
