package dev.genfleet.gateway.webhook;

import dev.genfleet.job.JobId;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A delivery as callers see it.
 *
 * @param id also the {@code webhook-id} header of every attempt
 * @param object always {@code webhook.delivery}
 * @param jobId the job
 * @param type what is told
 * @param url where
 * @param status {@code pending}, {@code delivered}, {@code failed} or {@code disabled}
 * @param nextAttemptAt when it is tried again
 * @param attempts what was tried
 */
record DeliveryDocument(
        String id,
        String object,
        JobId jobId,
        String type,
        URI url,
        String status,
        Optional<Instant> nextAttemptAt,
        List<AttemptDocument> attempts) {

    static DeliveryDocument of(Delivery delivery) {
        return new DeliveryDocument(
                delivery.id(),
                "webhook.delivery",
                delivery.intent().jobId(),
                delivery.intent().type().dottedName(),
                delivery.intent().url(),
                delivery.status().name().toLowerCase(Locale.ROOT),
                delivery.due(),
                delivery.attempts().stream().map(AttemptDocument::of).toList());
    }

    /**
     * One attempt.
     *
     * @param time when
     * @param result {@code delivered}, {@code failed}, {@code gone} or {@code disabled}
     * @param httpStatus what the receiver answered
     * @param error why it failed
     */
    record AttemptDocument(Instant time, String result, Optional<Integer> httpStatus, Optional<String> error) {
        static AttemptDocument of(Note.Attempted attempt) {
            return new AttemptDocument(
                    attempt.time(),
                    attempt.result().name().toLowerCase(Locale.ROOT),
                    attempt.httpStatus(),
                    attempt.error());
        }
    }
}
