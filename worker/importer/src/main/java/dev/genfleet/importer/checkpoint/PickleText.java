package dev.genfleet.importer.checkpoint;

import dev.genfleet.importer.pickle.Pickled;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Says what a pickled value is. */
final class PickleText {

    private static final int SHOWN_KEYS = 8;

    private PickleText() {}

    /** A sentence's end that begins with "is". Looks one level deep, since values can contain themselves. */
    static String describe(Pickled value) {
        Optional<PickledMap> map = PickledMap.of(value);
        if (map.isPresent()) {
            return map(map.get().entries());
        }
        return switch (value) {
            case Pickled.Built built -> "is " + call(built) + ", which is never called";
            case Pickled.Mapping _ -> "is a map";
            case Pickled.Sequence sequence ->
                "is a list of " + sequence.elements().size();
            case Pickled.Persistent _ -> "is a bare storage";
            case Pickled.Global global -> "is the name " + Shown.text(global.path());
            case Pickled.Text _ -> "is text";
            case Pickled.Nothing _ -> "is nothing";
            case Pickled.Whole _, Pickled.Huge _, Pickled.Real _, Pickled.Truth _ -> "is a number";
        };
    }

    private static String map(Map<String, Pickled> entries) {
        if (entries.isEmpty()) {
            return "is a map without names";
        }
        String keys = entries.entrySet().stream()
                .limit(SHOWN_KEYS)
                .map(entry -> Shown.text(entry.getKey())
                        + (entry.getValue() instanceof Pickled.Built built
                                        && PickledMap.of(built).isEmpty()
                                ? " (" + call(built) + ")"
                                : ""))
                .collect(Collectors.joining(", "));
        return "is a map of " + keys + (entries.size() > SHOWN_KEYS ? " and others" : "");
    }

    private static String call(Pickled.Built built) {
        return "what " + Shown.text(built.callableName()) + " would return";
    }
}
