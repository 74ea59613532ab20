package dev.genfleet.importer.tokenizer;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** Parts of a {@code tokenizer.json} (format of Hugging Face tokenizers, version 1.0) that every tokenizer made here has. */
final class JsonParts {

    private JsonParts() {}

    static ObjectNode typed(String type) {
        return JsonNodeFactory.instance.objectNode().put("type", type);
    }

    static ObjectNode sequence(String list, ObjectNode... parts) {
        ObjectNode sequence = typed("Sequence");
        sequence.putArray(list).addAll(List.of(parts));
        return sequence;
    }

    static ObjectNode replace(String regex, String content) {
        ObjectNode replace = typed("Replace");
        replace.putObject("pattern").put("Regex", regex);
        return replace.put("content", content);
    }

    /** The outermost object, to which normalizer, pre-tokenizer, post-processor, decoder and model are added. */
    static ObjectNode begin(List<Token> special) {
        ObjectNode json = JsonNodeFactory.instance.objectNode().put("version", "1.0");
        json.putNull("truncation").putNull("padding");
        ArrayNode added = json.putArray("added_tokens");
        for (Token token : special) {
            added.addObject()
                    .put("id", token.id())
                    .put("content", token.text())
                    .put("single_word", false)
                    .put("lstrip", false)
                    .put("rstrip", false)
                    .put("normalized", false)
                    .put("special", true);
        }
        return json;
    }

    /** Special tokens around every caption. */
    static ObjectNode template(List<Token> before, List<Token> after) {
        ObjectNode template = typed("TemplateProcessing");
        ObjectNode special = template.putObject("special_tokens");
        surround(template.putArray("single"), special, before, after, "A");
        ArrayNode pair = template.putArray("pair");
        surround(pair, special, before, after, "A");
        surround(pair, special, before, after, "B");
        return template;
    }

    private static void surround(
            ArrayNode sequence, ObjectNode special, List<Token> before, List<Token> after, String text) {
        before.forEach(token -> place(sequence, special, token));
        sequence.addObject().putObject("Sequence").put("id", text).put("type_id", 0);
        after.forEach(token -> place(sequence, special, token));
    }

    private static void place(ArrayNode sequence, ObjectNode special, Token token) {
        sequence.addObject().putObject("SpecialToken").put("id", token.text()).put("type_id", 0);
        ObjectNode named = special.putObject(token.text()).put("id", token.text());
        named.putArray("ids").add(token.id());
        named.putArray("tokens").add(token.text());
    }

    /**
     * A token that means something to the model.
     *
     * @param text as a caption would hold it
     * @param id in the vocabulary
     */
    record Token(String text, int id) {}
}
