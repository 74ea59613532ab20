package dev.genfleet.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.genfleet.wire.Json;
import dev.genfleet.wire.MalformedRecordException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Turns a problem document (RFC 9457) into sentences. */
final class ProblemText {

    private ProblemText() {}

    /** What to tell the user about an answer that is no success. */
    static CommandFailure failure(int status, String body) {
        try {
            JsonNode problem = Json.read(body.getBytes(StandardCharsets.UTF_8), JsonNode.class);
            List<String> sentences = sentences(problem);
            if (!sentences.isEmpty()) {
                return new CommandFailure(String.join("\n          ", sentences));
            }
        } catch (MalformedRecordException e) {
            // Not a problem document: an answer of something between us and the gateway.
        }
        return new CommandFailure("the gateway answered with HTTP status " + status);
    }

    /** The sentences of a problem document, those about single fields where there are any. */
    static List<String> sentences(JsonNode problem) {
        List<String> sentences = new ArrayList<>();
        for (JsonNode error : problem.path("errors")) {
            sentences.add(error.path("detail").asText());
        }
        if (sentences.isEmpty() && problem.hasNonNull("detail")) {
            sentences.add(problem.path("detail").asText());
        }
        if (sentences.isEmpty() && problem.hasNonNull("title")) {
            sentences.add(problem.path("title").asText());
        }
        return sentences;
    }
}
