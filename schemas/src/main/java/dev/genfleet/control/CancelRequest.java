package dev.genfleet.control;

import dev.genfleet.job.JobId;
import java.time.Instant;
import java.util.Objects;

/**
 * Whoever runs the job stops at the next step boundary and says so with a {@code canceled} event.
 *
 * @param jobId the job
 * @param time when the caller asked
 */
public record CancelRequest(JobId jobId, Instant time) {

    /** {@code ce_type} of the record. */
    public static final String CE_TYPE = "genfleet.control.cancel.v1";

    public CancelRequest {
        Objects.requireNonNull(jobId, "job_id");
        Objects.requireNonNull(time, "time");
    }
}
