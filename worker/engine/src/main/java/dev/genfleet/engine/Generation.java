package dev.genfleet.engine;

import dev.genfleet.job.GenerationSpec;
import dev.genfleet.job.Priority;
import java.time.Instant;
import java.util.Objects;

/**
 * A job as the engine sees it.
 *
 * @param id names it in log lines and sentences, nothing else
 * @param spec decides the pictures
 * @param priority decides who steps first
 * @param submittedAt older ones of a priority step first
 */
public record Generation(String id, GenerationSpec spec, Priority priority, Instant submittedAt) {

    public Generation {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(spec, "spec");
        Objects.requireNonNull(priority, "priority");
        Objects.requireNonNull(submittedAt, "submittedAt");
    }
}
