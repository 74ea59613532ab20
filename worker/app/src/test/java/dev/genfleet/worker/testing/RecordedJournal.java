package dev.genfleet.worker.testing;

import dev.genfleet.event.GenerationEvent;
import dev.genfleet.wire.TraceContext;
import dev.genfleet.worker.events.DeadLetters;
import dev.genfleet.worker.events.EventLog;
import dev.genfleet.worker.lease.JobRecord;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;

/** Keeps what would go to Kafka; acknowledges at once, when told to, or never. */
public final class RecordedJournal implements EventLog, DeadLetters {

    private final List<GenerationEvent> events = new CopyOnWriteArrayList<>();
    private final List<String> reasons = new CopyOnWriteArrayList<>();
    private final List<CompletableFuture<Void>> held = new ArrayList<>();
    private Mood mood = Mood.ACKNOWLEDGES;

    /** What becomes of what is appended. */
    public enum Mood {
        ACKNOWLEDGES,
        HOLDS,
        REFUSES
    }

    /** From now on. */
    public void become(Mood now) {
        mood = now;
    }

    /** Acknowledges what was held. */
    public void acknowledgeHeld() {
        held.forEach(future -> future.complete(null));
    }

    /** In order. */
    public List<GenerationEvent> events() {
        return events;
    }

    /** Why records were buried. */
    public List<String> burialReasons() {
        return reasons;
    }

    @Override
    public CompletableFuture<Void> append(GenerationEvent event, TraceContext trace) {
        events.add(event);
        return answer();
    }

    @Override
    public CompletableFuture<Void> bury(JobRecord record, String reason) {
        reasons.add(reason);
        return answer();
    }

    private CompletableFuture<Void> answer() {
        return switch (mood) {
            case ACKNOWLEDGES -> CompletableFuture.completedFuture(null);
            case REFUSES -> CompletableFuture.failedFuture(new IOException("no broker"));
            case HOLDS -> {
                CompletableFuture<Void> future = new CompletableFuture<>();
                held.add(future);
                yield future;
            }
        };
    }
}
