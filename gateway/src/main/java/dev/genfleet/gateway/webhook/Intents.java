package dev.genfleet.gateway.webhook;

import dev.genfleet.event.EventType;
import dev.genfleet.event.GenerationEvent;
import dev.genfleet.gateway.view.Fact;
import dev.genfleet.gateway.view.JobFacts;
import dev.genfleet.gateway.view.JobView;
import dev.genfleet.job.JobId;
import dev.genfleet.job.WebhookTarget;
import dev.genfleet.wire.TraceContext;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** Decides whether an event is told. Stateless. */
final class Intents {

    private Intents() {}

    /**
     * The intent that an event leads to, if its job asks to be told of it and if it counts: a second terminal event does not.
     *
     * @param facts what is known about the job, the event included
     */
    static Optional<Note.Intended> of(
            Fact.Happened happened, JobFacts facts, TraceContext trace, RetrySchedule schedule, Instant now) {
        GenerationEvent event = happened.event();
        return JobView.fold(facts)
                .filter(view -> view.history().contains(happened))
                .flatMap(view -> view.job()
                        .webhook()
                        .filter(target -> wanted(target, event.type()))
                        .map(target -> new Note.Intended(
                                deliveryId(event.jobId(), event.type()),
                                event.jobId(),
                                view.job().tenant(),
                                target.url(),
                                event.type(),
                                happened.position(),
                                event.time(),
                                trace.child().traceparent(),
                                schedule.first(now),
                                now)));
    }

    private static boolean wanted(WebhookTarget target, EventType type) {
        return target.events().isEmpty() ? type.terminal() : target.events().contains(type.dottedName());
    }

    /** The same for every event of this type of this job, whoever makes it. */
    static String deliveryId(JobId id, EventType type) {
        return "msg_"
                + UUID.nameUUIDFromBytes((id + " " + type.dottedName()).getBytes(StandardCharsets.UTF_8))
                        .toString()
                        .replace("-", "");
    }
}
