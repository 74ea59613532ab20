package dev.genfleet.gateway.events;

import dev.genfleet.event.Progress;
import dev.genfleet.gateway.view.JobFacts;
import dev.genfleet.gateway.view.JobWatch;
import java.time.Duration;
import java.util.Optional;

/** What a stream follows. */
interface Source {

    /** What is known about the job now. */
    JobFacts facts();

    /** The latest progress that is kept. */
    Optional<Progress> latestProgress();

    /** Waits until something happens, at most {@code longest}. */
    JobWatch.Signal await(Duration longest) throws InterruptedException;
}
