package dev.genfleet.report;

import java.util.List;
import java.util.Objects;

/**
 * What a section found.
 *
 * @param title heading
 * @param how what was done, in a sentence or two
 * @param measures rows of the table
 * @param charts curves
 * @param sheets pictures
 */
record Findings(String title, String how, List<Measure> measures, List<Chart> charts, List<ContactSheet> sheets) {

    Findings {
        Objects.requireNonNull(title, "title");
        Objects.requireNonNull(how, "how");
        measures = List.copyOf(measures);
        charts = List.copyOf(charts);
        sheets = List.copyOf(sheets);
    }
}
