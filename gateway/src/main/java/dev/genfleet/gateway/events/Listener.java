package dev.genfleet.gateway.events;

import dev.genfleet.event.EventType;
import dev.genfleet.event.Progress;
import dev.genfleet.gateway.view.JobView;

/** Whom a stream tells. */
interface Listener {

    /** Whether the client is still there. */
    boolean listening();

    /**
     * A durable event.
     *
     * @param at its place in the stream
     * @param type what happened
     * @param view the job as it was then
     */
    void happened(StreamPosition at, EventType type, JobView view);

    /** Progress of the job's last lease. */
    void progressed(StreamPosition at, Progress progress);

    /** Nothing has happened for a while. */
    void heartbeat();
}
