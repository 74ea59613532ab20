package dev.genfleet.gateway.view;

import com.fasterxml.jackson.databind.JsonNode;
import dev.genfleet.event.EventType;
import dev.genfleet.event.GenerationEvent;
import dev.genfleet.job.QueuedJob;
import dev.genfleet.wire.Json;
import dev.genfleet.wire.MalformedRecordException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Facts as fields of a Redis hash: {@code job}, {@code job@}, and {@code event:<partition>:<offset>} for each event. */
final class FactFields {

    private static final String JOB = "job";
    private static final String JOB_RECORD = "job@";
    private static final String EVENT = "event:";

    private FactFields() {}

    /** JSON of a fact, as the script stores it. */
    static String json(Fact fact) {
        byte[] json =
                switch (fact) {
                    case Fact.Queued queued -> Json.write(queued.job());
                    case Fact.Happened happened ->
                        Json.write(new StoredEvent(happened.event().type(), happened.event()));
                };
        return new String(json, StandardCharsets.UTF_8);
    }

    /** Reads the fields of a job's hash; unknown fields are left alone. */
    static JobFacts read(Map<String, String> fields) {
        JobFacts facts = JobFacts.NONE;
        try {
            if (fields.containsKey(JOB) && fields.containsKey(JOB_RECORD)) {
                facts = facts.with(new Fact.Queued(
                        RecordId.parse(fields.get(JOB_RECORD)), Json.read(bytes(fields.get(JOB)), QueuedJob.class)));
            }
            for (Map.Entry<String, String> field : fields.entrySet()) {
                if (field.getKey().startsWith(EVENT)) {
                    facts = facts.with(readEvent(field.getKey().substring(EVENT.length()), field.getValue()));
                }
            }
        } catch (MalformedRecordException e) {
            throw new IllegalStateException("the view of a job cannot be read; drop and rebuild it", e);
        }
        return facts;
    }

    private static Fact readEvent(String position, String json) throws MalformedRecordException {
        StoredJson stored = Json.read(bytes(json), StoredJson.class);
        GenerationEvent event =
                Json.read(bytes(stored.data().toString()), stored.type().dataClass());
        return new Fact.Happened(
                Position.parse(position)
                        .orElseThrow(() -> new MalformedRecordException("'" + position + "' is no position")),
                event);
    }

    private static byte[] bytes(String json) {
        return json.getBytes(StandardCharsets.UTF_8);
    }

    private record StoredEvent(EventType type, GenerationEvent data) {}

    private record StoredJson(EventType type, JsonNode data) {}
}
