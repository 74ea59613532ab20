package dev.genfleet.importer.checkpoint;

import dev.genfleet.importer.pickle.Pickled;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A dict, an object with dict entries such as an {@code OrderedDict}, or an {@code OrderedDict} of pairs as Python 2 writes it.
 *
 * @param content what holds the entries, which also tells whether two maps are the same one
 */
record PickledMap(Pickled content) {

    static Optional<PickledMap> of(Pickled value) {
        return switch (value) {
            case Pickled.Mapping mapping -> Optional.of(new PickledMap(mapping));
            case Pickled.Built built
            when built.items().isPresent() -> of(built.items().get());
            case Pickled.Built built
            when built.callable()
                    .filter(name -> name.path().equals("collections.OrderedDict"))
                    .isPresent() ->
                Optional.of(new PickledMap(
                        built.arguments().isEmpty() ? built : built.arguments().getFirst()));
            default -> Optional.empty();
        };
    }

    /** The entries whose key is text. */
    Map<String, Pickled> entries() {
        return switch (content) {
            case Pickled.Mapping mapping -> mapping.entries();
            case Pickled.Sequence pairs -> ofPairs(pairs);
            default -> Map.of();
        };
    }

    private static Map<String, Pickled> ofPairs(Pickled.Sequence pairs) {
        Map<String, Pickled> entries = new LinkedHashMap<>();
        for (Pickled pair : pairs.elements()) {
            if (pair instanceof Pickled.Sequence both
                    && both.elements().size() == 2
                    && both.elements().getFirst() instanceof Pickled.Text(String key)) {
                entries.put(key, both.elements().getLast());
            }
        }
        return entries;
    }
}
