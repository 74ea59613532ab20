package dev.genfleet.importer.tokenizer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalInt;

/** Ids of all tokens of a {@code tokenizer.json}, added ones included. */
final class TokenIndex {

    private final Map<String, Integer> ids = new HashMap<>();

    TokenIndex(ObjectNode json) {
        JsonNode vocabulary = json.path("model").path("vocab");
        if (vocabulary.isArray()) {
            for (int id = 0; id < vocabulary.size(); id++) {
                put(vocabulary.get(id).path(0), id);
            }
        } else {
            vocabulary.properties().forEach(token -> put(token.getKey(), token.getValue()));
        }
        json.path("added_tokens").forEach(token -> {
            if (token.path("content").isTextual()) {
                put(token.get("content").textValue(), token.path("id"));
            }
        });
    }

    boolean isEmpty() {
        return ids.isEmpty();
    }

    OptionalInt find(String token) {
        Integer id = ids.get(token);
        return id == null ? OptionalInt.empty() : OptionalInt.of(id);
    }

    int largest() {
        return ids.values().stream().mapToInt(Integer::intValue).max().orElse(-1);
    }

    private void put(JsonNode text, int id) {
        if (text.isTextual()) {
            ids.put(text.textValue(), id);
        }
    }

    private void put(String text, JsonNode id) {
        if (id.isInt() && id.asInt() >= 0) {
            ids.put(text, id.asInt());
        }
    }
}
