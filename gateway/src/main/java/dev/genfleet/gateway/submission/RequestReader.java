package dev.genfleet.gateway.submission;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.PathType;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion;
import dev.genfleet.fault.ErrorCode;
import dev.genfleet.gateway.http.ProblemException;
import dev.genfleet.job.JobRequest;
import dev.genfleet.wire.Json;
import dev.genfleet.wire.MalformedRecordException;
import dev.genfleet.wire.SchemaCatalog;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Reads a body by the schema of requests. Any thread. */
@Singleton
final class RequestReader {

    private final JsonMapper mapper = JsonMapper.builder()
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();
    private final JsonSchema schema;
    private final SchemaSentences sentences;

    RequestReader() {
        String text = SchemaCatalog.schemaOf(SchemaCatalog.JOB_REQUEST);
        this.schema = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                .getSchema(
                        text,
                        SchemaValidatorsConfig.builder()
                                .pathType(PathType.JSON_POINTER)
                                .formatAssertionsEnabled(true)
                                .build());
        this.sentences = new SchemaSentences(schema.getSchemaNode());
    }

    /**
     * Reads a body as far as it is valid: fields that break the schema are complained of and left out, so that what remains can be
     * checked as well.
     *
     * @param complaints gets what breaks the schema
     * @return the request; empty when too little of it is valid to say more
     * @throws ProblemException when the body is no JSON object
     */
    Optional<JobRequest> read(byte[] body, Complaints complaints) {
        ObjectNode request = object(body);
        schema.validate(request).stream()
                .map(sentences::of)
                .sorted(Comparator.comparing(error -> error.pointer()))
                .forEach(error -> complaints.add(error.pointer(), error.detail()));
        complaints.all().forEach(error -> remove(request, JsonPointer.compile(error.pointer())));
        return request.has("model") && request.path("input").isObject()
                ? Optional.of(bind(request, complaints))
                : Optional.empty();
    }

    private static JobRequest bind(ObjectNode request, Complaints complaints) {
        try {
            return Json.read(request.toString().getBytes(StandardCharsets.UTF_8), JobRequest.class);
        } catch (MalformedRecordException e) {
            complaints.settle();
            throw new ProblemException(ErrorCode.INVALID_REQUEST, "The request is " + e.getMessage() + ".", e);
        }
    }

    private ObjectNode object(byte[] body) {
        try {
            JsonNode tree = mapper.readTree(body);
            if (tree instanceof ObjectNode object) {
                return object;
            }
            String given = tree.isMissingNode()
                    ? "empty"
                    : "a JSON " + tree.getNodeType().name().toLowerCase(Locale.ROOT);
            throw malformed("The body is " + given + ", but must be a JSON object with model and input.");
        } catch (JsonProcessingException e) {
            throw malformed("The body is not JSON: " + e.getOriginalMessage() + " at line "
                    + e.getLocation().getLineNr() + ", column "
                    + e.getLocation().getColumnNr() + ".");
        } catch (IOException e) {
            throw malformed("The body is not JSON in UTF-8.");
        }
    }

    private static ProblemException malformed(String detail) {
        return new ProblemException(ErrorCode.INVALID_REQUEST, detail);
    }

    /** Removes what a pointer names; of an array's element the whole array, whose rest would mean something else. */
    private static void remove(ObjectNode request, JsonPointer pointer) {
        if (pointer.matches()) {
            return;
        }
        JsonNode parent = request.at(pointer.head());
        if (parent instanceof ObjectNode object) {
            object.remove(pointer.last().getMatchingProperty());
        } else if (parent.isArray()) {
            remove(request, pointer.head());
        }
    }
}
