package dev.genfleet.gateway.submission;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.ValidationMessage;
import dev.genfleet.gateway.http.Problem.FieldError;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;

/** Says what breaks a schema in sentences that name the field, what was given and what is allowed. */
final class SchemaSentences {

    private static final int LONGEST_QUOTE = 80;

    private final JsonNode schema;

    SchemaSentences(JsonNode schema) {
        this.schema = schema;
    }

    FieldError of(ValidationMessage message) {
        String pointer = message.getInstanceLocation().toString();
        String keyword = message.getType();
        Optional<String> property = Optional.ofNullable(message.getProperty());
        if (keyword.equals("additionalProperties") && property.isPresent()) {
            return new FieldError(
                    child(pointer, property.get()),
                    property.get() + " is not a field of " + name(pointer) + ", whose fields are "
                            + String.join(", ", fieldsAt(pointer)) + ".");
        }
        if (keyword.equals("required") && property.isPresent()) {
            return new FieldError(child(pointer, property.get()), property.get() + " is missing, but is required.");
        }
        return new FieldError(
                pointer,
                name(pointer) + " is " + quote(message.getInstanceNode()) + ", but "
                        + allowed(keyword, message.getSchemaNode(), message) + ".");
    }

    private static String allowed(String keyword, JsonNode rule, ValidationMessage message) {
        return switch (keyword) {
            case "type" -> "must be " + types(rule);
            case "enum" -> "must be one of " + String.join(", ", texts(rule));
            case "minimum" -> "must be at least " + rule.asText();
            case "maximum" -> "must be at most " + rule.asText();
            case "minLength" -> "must have at least " + rule.asText() + " characters";
            case "maxLength" -> "must have at most " + rule.asText() + " characters";
            case "minItems" -> "must hold at least " + rule.asText() + " elements";
            case "maxItems" -> "may hold at most " + rule.asText() + " elements";
            case "uniqueItems" -> "may not repeat an element";
            case "maxProperties" -> "may hold at most " + rule.asText() + " pairs";
            case "format" -> "must be a valid " + rule.asText();
            default -> "breaks the rule: " + message.getError();
        };
    }

    private static String types(JsonNode rule) {
        List<String> names = rule.isArray() ? texts(rule) : List.of(rule.asText());
        return String.join(" or ", names.stream().map(SchemaSentences::typeName).toList());
    }

    private static String typeName(String type) {
        return switch (type) {
            case "integer" -> "a whole number";
            case "number" -> "a number";
            case "string" -> "a text";
            case "object" -> "an object";
            case "array" -> "an array";
            default -> type;
        };
    }

    private static List<String> texts(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false)
                .map(JsonNode::asText)
                .toList();
    }

    private List<String> fieldsAt(String pointer) {
        JsonNode at = schema;
        for (String step : pointer.split("/", -1)) {
            at = step.isEmpty() ? at : at.path("properties").path(step);
        }
        List<String> fields = new ArrayList<>();
        at.path("properties").fieldNames().forEachRemaining(fields::add);
        return fields;
    }

    private static String name(String pointer) {
        return pointer.isEmpty() ? "the request" : pointer.substring(1).replace('/', '.');
    }

    private static String child(String pointer, String property) {
        return pointer + "/" + property.replace("~", "~0").replace("/", "~1");
    }

    private static String quote(JsonNode given) {
        String text = given == null ? "absent" : given.toString();
        return text.length() <= LONGEST_QUOTE ? text : text.substring(0, LONGEST_QUOTE) + "…";
    }
}
