package dev.genfleet.worker.job;

import dev.genfleet.event.GenerationEvent;
import dev.genfleet.fault.ErrorCode;
import dev.genfleet.job.JobId;
import dev.genfleet.job.LeaseId;
import dev.genfleet.job.QueuedJob;
import dev.genfleet.wire.TraceContext;
import dev.genfleet.worker.lease.Attempt;
import dev.genfleet.worker.lease.JobRecord;
import dev.genfleet.worker.lease.LeaseHandler;
import dev.genfleet.worker.lease.LeaseOutcome;
import dev.genfleet.worker.lease.Reading;
import dev.genfleet.worker.lease.RecordReader;
import dev.genfleet.worker.metrics.JobCounts.Ending;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides about each record that a slot took: whether it is a job, whether it should still run, and if so starts the attempt. What
 * ends a job here, before any work, is told without a lease, because none was announced.
 */
public final class JobRunner implements LeaseHandler {

    private static final Logger LOG = LoggerFactory.getLogger(JobRunner.class);

    private final String worker;
    private final Patience patience;
    private final Departments parts;

    /**
     * A runner.
     *
     * @param worker id of the worker, for its events
     */
    public JobRunner(String worker, Patience patience, Departments parts) {
        this.worker = worker;
        this.patience = patience;
        this.parts = parts;
    }

    @Override
    public Attempt begin(JobRecord record) {
        return switch (RecordReader.read(record)) {
            case Reading.Job(QueuedJob job, TraceContext trace) -> decide(record, job, trace);
            case Reading.Newer(String reason) -> leaveForNewer(record, reason);
            case Reading.Unreadable(Optional<JobId> key, String reason) -> bury(record, key, reason);
        };
    }

    private Attempt decide(JobRecord record, QueuedJob job, TraceContext trace) {
        Admission admission = Admission.decide(
                job,
                parts.view().of(job.id()),
                record.deliveries(),
                patience.maxAttempts(),
                parts.clock().instant());
        return switch (admission) {
            case Admission.Run run -> run(record, job, trace, run);
            case Admission.EndedBefore() -> {
                forgetTried(record, job);
                parts.counts().count(Ending.SETTLED_BEFORE);
                yield Attempt.done(LeaseOutcome.accept());
            }
            case Admission.Cancel() -> {
                forgetTried(record, job);
                yield conclude(
                        new GenerationEvent.Canceled(
                                job.id(), Optional.empty(), parts.clock().instant()),
                        trace,
                        Ending.CANCELED);
            }
            case Admission.Expire() ->
                conclude(
                        new GenerationEvent.Expired(
                                job.id(), Optional.empty(), parts.clock().instant()),
                        trace,
                        Ending.EXPIRED);
            case Admission.GiveUp(String detail) -> {
                forgetTried(record, job);
                CompletableFuture<Void> buried = parts.deadLetters().bury(record, detail);
                yield conclude(failed(job.id(), ErrorCode.ATTEMPTS_EXHAUSTED, detail), trace, Ending.FAILED, buried);
            }
        };
    }

    /** What an earlier attempt left is of no use any more; without one there is nothing, and else it expires. */
    private void forgetTried(JobRecord record, QueuedJob job) {
        if (record.deliveries() > 1) {
            parts.checkpoints().of(job).forgetAll();
        }
    }

    private Attempt run(JobRecord record, QueuedJob job, TraceContext trace, Admission.Run run) {
        LeaseId lease = LeaseId.next();
        GenerationEvent leased = new GenerationEvent.Leased(
                job.id(), lease, worker, parts.clock().instant());
        LOG.atInfo()
                .addKeyValue("job_id", job.id())
                .addKeyValue("attempt", run.attempt())
                .addKeyValue("lease_id", lease)
                .addKeyValue("record", record)
                .log("leased");
        JobAttempt attempt = new JobAttempt(new JobAttempt.Assignment(record, job, trace, lease, run), patience, parts);
        attempt.startOnce(inTime(parts.events().append(leased, trace)));
        return attempt;
    }

    private Attempt leaveForNewer(JobRecord record, String reason) {
        LOG.atWarn().addKeyValue("record", record).addKeyValue("reason", reason).log("record waits for a newer worker");
        parts.counts().count(Ending.NEWER);
        return Attempt.done(LeaseOutcome.releaseAfter(patience.newerPause()));
    }

    private Attempt bury(JobRecord record, Optional<JobId> key, String reason) {
        LOG.atWarn().addKeyValue("record", record).addKeyValue("reason", reason).log("record cannot be read");
        CompletableFuture<Void> buried = parts.deadLetters().bury(record, reason);
        if (key.isEmpty()) {
            return settleAfter(buried, Ending.UNREADABLE);
        }
        GenerationEvent event =
                failed(key.get(), ErrorCode.INVALID_REQUEST, "The job's record cannot be read: " + reason);
        return conclude(event, TraceContext.start(), Ending.UNREADABLE, buried);
    }

    private GenerationEvent failed(JobId job, ErrorCode code, String detail) {
        return new GenerationEvent.Failed(
                job, Optional.empty(), code, detail, parts.clock().instant());
    }

    private Attempt conclude(GenerationEvent event, TraceContext trace, Ending ending) {
        return conclude(event, trace, ending, CompletableFuture.completedFuture(null));
    }

    /** Tells the event once {@code before} is acknowledged, and lets the record go once the event is. */
    private Attempt conclude(GenerationEvent event, TraceContext trace, Ending ending, CompletableFuture<Void> before) {
        LOG.atInfo()
                .addKeyValue("job_id", event.jobId())
                .addKeyValue("event", event.type().dottedName())
                .log("ended before it ran");
        return settleAfter(before.thenCompose(done -> parts.events().append(event, trace)), ending);
    }

    private Attempt settleAfter(CompletableFuture<Void> told, Ending ending) {
        return Attempt.concluding(inTime(told).handle((done, failure) -> {
            if (failure != null) {
                LOG.atWarn().addKeyValue("reason", failure).log("Kafka did not acknowledge, the record is given back");
                return LeaseOutcome.releaseAfter(patience.retryPause());
            }
            parts.counts().count(ending);
            return LeaseOutcome.accept();
        }));
    }

    private CompletableFuture<Void> inTime(CompletableFuture<Void> told) {
        return told.orTimeout(patience.acknowledgement().toMillis(), TimeUnit.MILLISECONDS);
    }
}
