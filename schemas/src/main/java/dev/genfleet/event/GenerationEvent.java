package dev.genfleet.event;

import dev.genfleet.fault.ErrorCode;
import dev.genfleet.job.JobId;
import dev.genfleet.job.LeaseId;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Something that happened to a job. Each type's name on the wire stands in {@link EventType}. */
public sealed interface GenerationEvent {

    JobId jobId();

    /** When it happened, by the clock of the program that says so. */
    Instant time();

    /** The type, which decides the record's {@code ce_type}. */
    EventType type();

    /** The lease under which it happened; empty for what the gateway decided. */
    Optional<LeaseId> lease();

    /** Whether the job ends with it. The first terminal event by offset wins. */
    default boolean terminal() {
        return type().terminal();
    }

    /**
     * A worker took the job.
     *
     * @param jobId the job
     * @param leaseId the new lease
     * @param worker id of the worker
     * @param time when
     */
    record Leased(JobId jobId, LeaseId leaseId, String worker, Instant time) implements GenerationEvent {
        public Leased {
            Objects.requireNonNull(jobId, "job_id");
            Objects.requireNonNull(leaseId, "lease_id");
            Objects.requireNonNull(worker, "worker");
            Objects.requireNonNull(time, "time");
        }

        @Override
        public EventType type() {
            return EventType.LEASED;
        }

        @Override
        public Optional<LeaseId> lease() {
            return Optional.of(leaseId);
        }
    }

    /**
     * The job's first step of this lease ran.
     *
     * @param jobId the job
     * @param leaseId the lease
     * @param time when
     */
    record Started(JobId jobId, LeaseId leaseId, Instant time) implements GenerationEvent {
        public Started {
            Objects.requireNonNull(jobId, "job_id");
            Objects.requireNonNull(leaseId, "lease_id");
            Objects.requireNonNull(time, "time");
        }

        @Override
        public EventType type() {
            return EventType.STARTED;
        }

        @Override
        public Optional<LeaseId> lease() {
            return Optional.of(leaseId);
        }
    }

    /**
     * A worker put the job aside in good order, because it stops. The lease is over and counts as no attempt.
     *
     * @param jobId the job
     * @param leaseId the lease that ends
     * @param step steps of the slowest output that had run, from 0
     * @param reason a sentence or a part of one
     * @param time when
     */
    record Released(JobId jobId, LeaseId leaseId, int step, String reason, Instant time) implements GenerationEvent {
        public Released {
            Objects.requireNonNull(jobId, "job_id");
            Objects.requireNonNull(leaseId, "lease_id");
            Objects.requireNonNull(reason, "reason");
            Objects.requireNonNull(time, "time");
            if (step < 0) {
                throw new IllegalArgumentException("step is " + step + ", but must not be negative");
            }
        }

        @Override
        public EventType type() {
            return EventType.RELEASED;
        }

        @Override
        public Optional<LeaseId> lease() {
            return Optional.of(leaseId);
        }
    }

    /**
     * The outputs are stored.
     *
     * @param jobId the job
     * @param leaseId the lease that stored them
     * @param outputs one per picture, in order
     * @param steps denoising steps that were run
     * @param time when
     */
    record Succeeded(JobId jobId, LeaseId leaseId, List<Artifact> outputs, int steps, Instant time)
            implements GenerationEvent {
        public Succeeded {
            Objects.requireNonNull(jobId, "job_id");
            Objects.requireNonNull(leaseId, "lease_id");
            Objects.requireNonNull(time, "time");
            outputs = List.copyOf(outputs);
        }

        @Override
        public EventType type() {
            return EventType.SUCCEEDED;
        }

        @Override
        public Optional<LeaseId> lease() {
            return Optional.of(leaseId);
        }
    }

    /**
     * The job cannot be done.
     *
     * @param jobId the job
     * @param lease the lease that met the error
     * @param code what kind of error
     * @param detail a sentence for the caller
     * @param time when
     */
    record Failed(JobId jobId, Optional<LeaseId> lease, ErrorCode code, String detail, Instant time)
            implements GenerationEvent {
        public Failed {
            Objects.requireNonNull(jobId, "job_id");
            lease = orEmpty(lease);
            Objects.requireNonNull(code, "code");
            Objects.requireNonNull(detail, "detail");
            Objects.requireNonNull(time, "time");
        }

        @Override
        public EventType type() {
            return EventType.FAILED;
        }
    }

    /**
     * The caller does not want the job any more.
     *
     * @param jobId the job
     * @param lease the lease that was running it; empty when it was still queued
     * @param time when it stopped
     */
    record Canceled(JobId jobId, Optional<LeaseId> lease, Instant time) implements GenerationEvent {
        public Canceled {
            Objects.requireNonNull(jobId, "job_id");
            lease = orEmpty(lease);
            Objects.requireNonNull(time, "time");
        }

        @Override
        public EventType type() {
            return EventType.CANCELED;
        }
    }

    /**
     * The job's deadline passed before it started.
     *
     * @param jobId the job
     * @param lease the lease that found it so; empty when nobody had taken it
     * @param time when it was found
     */
    record Expired(JobId jobId, Optional<LeaseId> lease, Instant time) implements GenerationEvent {
        public Expired {
            Objects.requireNonNull(jobId, "job_id");
            lease = orEmpty(lease);
            Objects.requireNonNull(time, "time");
        }

        @Override
        public EventType type() {
            return EventType.EXPIRED;
        }
    }

    private static Optional<LeaseId> orEmpty(Optional<LeaseId> lease) {
        return lease == null ? Optional.empty() : lease;
    }
}
