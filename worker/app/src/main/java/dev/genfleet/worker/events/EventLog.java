package dev.genfleet.worker.events;

import dev.genfleet.event.GenerationEvent;
import dev.genfleet.wire.TraceContext;
import java.util.concurrent.CompletableFuture;

/** The log of what happened to jobs. Events of one job keep the order in which they were appended. */
public interface EventLog {

    /**
     * Appends an event; returns at once.
     *
     * @param event what happened
     * @param trace the trace that the job belongs to
     * @return completes once all replicas have it, and with an {@link java.io.IOException} when they cannot be reached
     */
    CompletableFuture<Void> append(GenerationEvent event, TraceContext trace);
}
