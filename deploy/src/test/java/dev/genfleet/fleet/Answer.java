package dev.genfleet.fleet;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/**
 * What the gateway answered.
 *
 * @param status HTTP status
 * @param body JSON
 */
record Answer(int status, JsonNode body) {

    String id() {
        return body.path("id").asText();
    }

    String state() {
        return body.path("state").asText();
    }

    /** Every sentence of a problem document. */
    List<String> sentences() {
        List<String> sentences = new ArrayList<>();
        body.path("errors").forEach(error -> sentences.add(error.path("detail").asText()));
        sentences.add(body.path("detail").asText());
        return sentences;
    }
}
