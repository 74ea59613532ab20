package dev.genfleet.engine;

import dev.genfleet.job.GenerationSpec;
import dev.genfleet.job.Priority;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * A job as the engine sees it.
 *
 * @param id names it in log lines and sentences, nothing else
 * @param spec decides the pictures
 * @param priority decides who steps first
 * @param submittedAt older ones of a priority step first
 * @param deadline not started by then means expired
 * @param previews whether its listener is to see small pictures of what is under way
 * @param checkpoint where an earlier attempt got; empty to start from noise
 */
public record Generation(
        String id,
        GenerationSpec spec,
        Priority priority,
        Instant submittedAt,
        Optional<Instant> deadline,
        boolean previews,
        Optional<Checkpoint> checkpoint) {

    public Generation {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(spec, "spec");
        Objects.requireNonNull(priority, "priority");
        Objects.requireNonNull(submittedAt, "submittedAt");
        Objects.requireNonNull(deadline, "deadline");
        Objects.requireNonNull(checkpoint, "checkpoint");
    }

    /** A generation from noise, without deadline and previews. */
    public Generation(String id, GenerationSpec spec, Priority priority, Instant submittedAt) {
        this(id, spec, priority, submittedAt, Optional.empty(), false, Optional.empty());
    }
}
