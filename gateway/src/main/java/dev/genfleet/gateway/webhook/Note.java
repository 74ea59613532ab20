package dev.genfleet.gateway.webhook;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.genfleet.event.EventType;
import dev.genfleet.gateway.view.Position;
import dev.genfleet.job.JobId;
import java.net.URI;
import java.time.Instant;
import java.util.Optional;

/** A record of the topic of deliveries, keyed by job. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "note")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Note.Intended.class, name = "intended"),
    @JsonSubTypes.Type(value = Note.Attempted.class, name = "attempted"),
    @JsonSubTypes.Type(value = Note.Asked.class, name = "asked")
})
sealed interface Note {

    /** The delivery, which is also the {@code webhook-id}. */
    String deliveryId();

    JobId jobId();

    Instant time();

    /**
     * A caller is to be told.
     *
     * @param deliveryId stable for the job and the type
     * @param jobId the job
     * @param tenant whose endpoint it is
     * @param url where
     * @param type what happened
     * @param event where the event stands
     * @param eventTime when it happened
     * @param traceparent the trace it belongs to
     * @param due when the first attempt is
     * @param time when this was noted
     */
    record Intended(
            String deliveryId,
            JobId jobId,
            String tenant,
            URI url,
            EventType type,
            Position event,
            Instant eventTime,
            String traceparent,
            Instant due,
            Instant time)
            implements Note {}

    /**
     * An attempt was made.
     *
     * @param deliveryId the delivery
     * @param jobId the job
     * @param result what came of it
     * @param httpStatus what the receiver answered
     * @param error why it failed
     * @param next when the next attempt is due; empty when none is
     * @param time when
     */
    record Attempted(
            String deliveryId,
            JobId jobId,
            Result result,
            Optional<Integer> httpStatus,
            Optional<String> error,
            Optional<Instant> next,
            Instant time)
            implements Note {}

    /**
     * Someone asked for another delivery; the schedule begins anew.
     *
     * @param deliveryId the delivery
     * @param jobId the job
     * @param time when
     */
    record Asked(String deliveryId, JobId jobId, Instant time) implements Note {}

    /** What came of an attempt. */
    enum Result {
        DELIVERED,
        FAILED,
        /** The receiver answered 410: its endpoint gets nothing more until a redelivery succeeds. */
        GONE,
        /** The endpoint was disabled before. */
        DISABLED
    }
}
