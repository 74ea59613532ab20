package dev.genfleet.importer.checkpoint;

import dev.genfleet.importer.pickle.Pickled;
import java.nio.file.Path;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Finds the map from names to tensors in what a checkpoint pickles:
 *
 * <ol>
 *   <li>the object itself where all it maps to are tensors,
 *   <li>else the first of its entries named in {@link #NESTS}, in that order, that holds one by these same rules: averaged
 *       weights before plain ones, as samples are made with them,
 *   <li>else the object itself where it maps to some tensors; what else it holds is left out.
 * </ol>
 *
 * @param file for messages
 */
record StateDict(Path file) {

    static final List<String> NESTS = List.of(
            "ema",
            "ema_state_dict",
            "state_dict_ema",
            "model_ema",
            "ema_model",
            "params_ema",
            "state_dict",
            "model_state_dict",
            "model",
            "module",
            "params",
            "net",
            "network",
            "generator",
            "weights");

    private static final int MAX_DEPTH = 4;

    /** The tensors by name, as pickled. */
    Map<String, Pickled> find(Pickled root) throws CheckpointException {
        Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        return find(root, 0, seen).orElseThrow(() -> none(root));
    }

    private static Optional<Map<String, Pickled>> find(Pickled value, int depth, Set<Object> seen) {
        Optional<PickledMap> map = PickledMap.of(value);
        if (depth == MAX_DEPTH || map.isEmpty() || !seen.add(map.get().content())) {
            return Optional.empty(); // each map is looked at once, however often the pickle refers to it
        }
        Map<String, Pickled> entries = map.get().entries();
        Map<String, Pickled> tensors = new LinkedHashMap<>();
        entries.forEach((key, entry) -> {
            if (TorchTensor.isTensor(entry)) {
                tensors.put(key, entry);
            }
        });
        if (tensors.size() < entries.size()) {
            for (String nest : NESTS) {
                Optional<Map<String, Pickled>> nested =
                        Optional.ofNullable(entries.get(nest)).flatMap(inner -> find(inner, depth + 1, seen));
                if (nested.isPresent()) {
                    return nested;
                }
            }
        }
        return tensors.isEmpty() ? Optional.empty() : Optional.of(tensors);
    }

    private CheckpointException none(Pickled root) {
        StringBuilder found = new StringBuilder("it " + PickleText.describe(root));
        Map<String, Pickled> entries =
                PickledMap.of(root).map(PickledMap::entries).orElse(Map.of());
        NESTS.stream().filter(entries::containsKey).forEach(nest -> found.append(", and its ")
                .append(nest)
                .append(' ')
                .append(PickleText.describe(entries.get(nest))));
        return new CheckpointException(file + " holds no state dict, which maps names to tensors: " + found);
    }
}
