package dev.genfleet.gateway.webhook;

import dev.genfleet.gateway.document.JobDocuments;
import dev.genfleet.gateway.http.PublicAddress;
import dev.genfleet.gateway.view.JobFacts;
import dev.genfleet.gateway.view.JobView;
import dev.genfleet.gateway.view.ViewStore;
import dev.genfleet.wire.Json;
import dev.genfleet.wire.TraceContext;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.Optional;

/** Makes one attempt of a delivery: the payload with fresh links, the request, the note that tells what came of it. Any thread. */
@Singleton
final class Attempt {

    private final ViewStore store;
    private final JobDocuments documents;
    private final PublicAddress address;
    private final Sender sender;

    Attempt(ViewStore store, JobDocuments documents, PublicAddress address, Sender sender) {
        this.store = store;
        this.documents = documents;
        this.address = address;
        this.sender = sender;
    }

    /**
     * Sends.
     *
     * @return what to note; empty when the view does not know the job now, so that nothing was sent
     */
    Optional<Note.Attempted> make(Delivery delivery, RetrySchedule schedule, Instant now) {
        Note.Intended intent = delivery.intent();
        JobFacts then = store.find(intent.jobId()).upTo(intent.event());
        return JobView.fold(then)
                .filter(view -> then.events().containsKey(intent.event()))
                .map(view ->
                        new Payload(intent.type().dottedName(), intent.eventTime(), documents.of(view, address.base())))
                .map(payload -> sender.send(
                        intent.url(),
                        delivery.id(),
                        now,
                        Json.write(payload),
                        TraceContext.of(Optional.of(intent.traceparent()), Optional.empty())))
                .map(answer -> note(delivery, answer, schedule, now));
    }

    /** What to note of a delivery to an endpoint that is disabled. */
    static Note.Attempted skip(Delivery delivery, Instant now) {
        return new Note.Attempted(
                delivery.id(),
                delivery.intent().jobId(),
                Note.Result.DISABLED,
                Optional.empty(),
                Optional.of("The endpoint answered 410 to an earlier delivery and is disabled."),
                Optional.empty(),
                now);
    }

    private static Note.Attempted note(Delivery delivery, Answer answer, RetrySchedule schedule, Instant now) {
        int made = delivery.attemptsOfSchedule() + 1;
        return switch (answer) {
            case Answer.Taken taken ->
                attempted(delivery, Note.Result.DELIVERED, Optional.of(taken.status()), Optional.empty(), now);
            case Answer.Gone gone ->
                attempted(delivery, Note.Result.GONE, Optional.of(gone.status()), Optional.of("410 Gone"), now);
            case Answer.Refused refused ->
                failed(
                        delivery,
                        Optional.of(refused.status()),
                        "The receiver answered " + refused.status() + ".",
                        schedule.next(made, now, refused.retryAfter()),
                        now);
            case Answer.Unreached unreached ->
                failed(delivery, Optional.empty(), unreached.reason(), schedule.next(made, now, Optional.empty()), now);
        };
    }

    private static Note.Attempted attempted(
            Delivery delivery, Note.Result result, Optional<Integer> status, Optional<String> error, Instant now) {
        return new Note.Attempted(
                delivery.id(), delivery.intent().jobId(), result, status, error, Optional.empty(), now);
    }

    private static Note.Attempted failed(
            Delivery delivery, Optional<Integer> status, String error, Optional<Instant> next, Instant now) {
        return new Note.Attempted(
                delivery.id(), delivery.intent().jobId(), Note.Result.FAILED, status, Optional.of(error), next, now);
    }
}
