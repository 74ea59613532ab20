package dev.genfleet.importer;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.genfleet.importer.checkpoint.StoredTensor;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Keys and shapes of published checkpoints, from this module's test resources. */
public final class KeyLists {

    private KeyLists() {}

    public static Map<String, List<Long>> published(String name) throws IOException {
        Map<String, List<Long>> keys = new TreeMap<>();
        new JsonMapper().readTree(Golden.path("keys/" + name).toFile()).forEachEntry((key, sides) -> {
            List<Long> shape = new ArrayList<>();
            sides.forEach(side -> shape.add(side.longValue()));
            keys.put(key, shape);
        });
        return keys;
    }

    public static Map<String, List<Long>> of(Collection<StoredTensor> tensors) {
        Map<String, List<Long>> keys = new TreeMap<>();
        tensors.forEach(tensor -> keys.put(tensor.name(), tensor.shape()));
        return keys;
    }
}
