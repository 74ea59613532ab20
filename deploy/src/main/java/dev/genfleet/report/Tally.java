package dev.genfleet.report;

import dev.genfleet.samples.Aspect;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Counts outcomes. What failed is counted as wrong.
 *
 * @param outcomes all of equal settings
 */
record Tally(List<Outcome> outcomes) {

    Tally {
        outcomes = List.copyOf(outcomes);
    }

    Value.Share allRight() {
        return new Value.Share(outcomes.stream().filter(Outcome::allRight).count(), outcomes.size());
    }

    /** Among those that speak of the aspect. */
    Value.Share right(Aspect aspect) {
        List<Outcome> asked =
                outcomes.stream().filter(outcome -> outcome.speaksOf(aspect)).toList();
        return new Value.Share(
                asked.stream().filter(outcome -> outcome.right(aspect)).count(), asked.size());
    }

    /** Right in every one of these aspects. */
    Value.Share right(Set<Aspect> aspects) {
        return new Value.Share(
                outcomes.stream()
                        .filter(outcome -> aspects.stream().allMatch(outcome::right))
                        .count(),
                outcomes.size());
    }

    /** Those of which there is a picture or a clip. */
    List<Outcome.Made> made() {
        return outcomes.stream()
                .filter(Outcome.Made.class::isInstance)
                .map(Outcome.Made.class::cast)
                .toList();
    }

    /** A row for each aspect that was asked for, one for all of them, and one for what failed, if anything did. */
    List<Measure> measures(String model, SceneSet set) {
        List<Measure> rows = new ArrayList<>();
        for (Aspect aspect : Aspect.values()) {
            if (made().stream().anyMatch(outcome -> outcome.speaksOf(aspect))) {
                rows.add(new Measure(model, set.words(), words(aspect), right(aspect), set.aim(aspect)));
            }
        }
        rows.add(new Measure(model, set.words(), "all right", allRight(), set.aimOfAll()));
        rows.addAll(failures(model, set.words()));
        return List.copyOf(rows);
    }

    /** A row that says how many jobs failed, if any did. */
    List<Measure> failures(String model, String what) {
        int failed = outcomes.size() - made().size();
        return failed == 0
                ? List.of()
                : List.of(Measure.of(model, what, "failed jobs", new Value.Share(failed, outcomes.size())));
    }

    static String words(Aspect aspect) {
        return aspect.name().toLowerCase(Locale.ROOT);
    }
}
