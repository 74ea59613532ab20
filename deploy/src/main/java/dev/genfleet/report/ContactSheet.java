package dev.genfleet.report;

import java.util.List;
import java.util.Objects;

/**
 * Pictures side by side, each with what was asked for.
 *
 * @param title what they have in common; unlike that of any other sheet of its section
 * @param outcomes all of them, failed ones too
 */
record ContactSheet(String title, List<Outcome> outcomes) {

    ContactSheet {
        Objects.requireNonNull(title, "title");
        outcomes = List.copyOf(outcomes);
    }

    static ContactSheet of(String title, Tally tally) {
        return new ContactSheet(title, tally.outcomes());
    }
}
