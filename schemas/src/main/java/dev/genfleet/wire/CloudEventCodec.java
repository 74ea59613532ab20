package dev.genfleet.wire;

import dev.genfleet.control.CancelRequest;
import dev.genfleet.event.EventType;
import dev.genfleet.event.GenerationEvent;
import dev.genfleet.job.JobId;
import dev.genfleet.job.LeaseId;
import dev.genfleet.job.QueuedJob;
import io.cloudevents.CloudEvent;
import io.cloudevents.core.builder.CloudEventBuilder;
import java.net.URI;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The records of the contract as CloudEvents 1.0. On Kafka they travel in binary mode (CloudEvents Kafka protocol binding,
 * section 3.2): attributes as {@code ce_} headers, data as JSON.
 */
public final class CloudEventCodec {

    /** {@code ce_type} of a {@link QueuedJob}. */
    public static final String QUEUED_TYPE = "genfleet.generation.queued.v1";

    private static final Pattern VERSIONED =
            Pattern.compile("(genfleet\\.(?:generation|control)\\.[a-z]+)\\.v([0-9]{1,9})");
    private static final int VERSION = 1;

    private final URI source;

    /**
     * @param source {@code ce_source} of what this program writes, such as {@code /genfleet/worker/w-1}
     */
    public CloudEventCodec(URI source) {
        this.source = source;
    }

    /** The record of a job on its pool's topic. */
    public CloudEvent queued(QueuedJob job) {
        return event(job.id().toString(), QUEUED_TYPE, job.id(), job.createdAt(), job);
    }

    /** The record of an event; each call makes a new {@code ce_id}. */
    public CloudEvent event(GenerationEvent event) {
        return event(newId(), event.type().ceType(), event.jobId(), event.time(), event);
    }

    /** The record of a request to cancel. */
    public CloudEvent cancel(CancelRequest request) {
        return event(newId(), CancelRequest.CE_TYPE, request.jobId(), request.time(), request);
    }

    /**
     * Reads a job.
     *
     * @throws NewerVersionException when the record has a newer major version than this program reads
     * @throws MalformedRecordException when it is no job
     */
    public static QueuedJob readQueued(CloudEvent event) throws MalformedRecordException, NewerVersionException {
        return read(event, QUEUED_TYPE, QueuedJob.class);
    }

    /**
     * Reads an event.
     *
     * @throws NewerVersionException when the record has a newer major version than this program reads
     * @throws MalformedRecordException when it is no event
     */
    public static GenerationEvent readEvent(CloudEvent event) throws MalformedRecordException, NewerVersionException {
        refuseNewer(event.getType());
        EventType type = EventType.ofCeType(event.getType())
                .orElseThrow(() -> new MalformedRecordException(
                        "ce_type is '" + event.getType() + "', which is no event of a job"));
        return read(event, type.ceType(), type.dataClass());
    }

    /**
     * Reads a request to cancel.
     *
     * @throws NewerVersionException when the record has a newer major version than this program reads
     * @throws MalformedRecordException when it is no such request
     */
    public static CancelRequest readCancel(CloudEvent event) throws MalformedRecordException, NewerVersionException {
        return read(event, CancelRequest.CE_TYPE, CancelRequest.class);
    }

    private static <T> T read(CloudEvent event, String ceType, Class<T> type)
            throws MalformedRecordException, NewerVersionException {
        refuseNewer(event.getType());
        if (!event.getType().equals(ceType)) {
            throw new MalformedRecordException("ce_type is '" + event.getType() + "', but must be " + ceType);
        }
        if (event.getData() == null) {
            throw new MalformedRecordException("a record of type " + ceType + " must have data, but has none");
        }
        return Json.read(event.getData().toBytes(), type);
    }

    private static void refuseNewer(String ceType) throws NewerVersionException {
        Matcher matcher = VERSIONED.matcher(ceType);
        if (matcher.matches() && Integer.parseInt(matcher.group(2)) > VERSION) {
            throw new NewerVersionException(ceType, VERSION);
        }
    }

    private CloudEvent event(String id, String type, JobId subject, Instant time, Object data) {
        return CloudEventBuilder.v1()
                .withId(id)
                .withSource(source)
                .withType(type)
                .withSubject(subject.toString())
                .withTime(time.atOffset(ZoneOffset.UTC))
                .withDataSchema(SchemaCatalog.uriOf(type))
                .withData("application/json", Json.write(data))
                .build();
    }

    private static String newId() {
        return LeaseId.next().toString();
    }
}
