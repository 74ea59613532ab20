package dev.genfleet.worker.job;

import dev.genfleet.engine.Checkpoint;
import dev.genfleet.engine.Generation;
import dev.genfleet.engine.GenerationListener;
import dev.genfleet.engine.Picture;
import dev.genfleet.engine.Preview;
import dev.genfleet.engine.Run;
import dev.genfleet.engine.fault.EngineException;
import dev.genfleet.event.Artifact;
import dev.genfleet.event.GenerationEvent;
import dev.genfleet.fault.ErrorCode;
import dev.genfleet.job.JobId;
import dev.genfleet.job.LeaseId;
import dev.genfleet.job.QueuedJob;
import dev.genfleet.wire.TraceContext;
import dev.genfleet.worker.checkpoint.JobCheckpoints;
import dev.genfleet.worker.lease.Attempt;
import dev.genfleet.worker.lease.JobRecord;
import dev.genfleet.worker.lease.LeaseOutcome;
import dev.genfleet.worker.metrics.JobCounts.Ending;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * One attempt at a job, from its lease to the word on its record. Whatever happens, the order is: upload, terminal event acknowledged,
 * outcome. After it is abandoned it says nothing more about the job but a success, which counts from whichever lease it comes.
 */
final class JobAttempt implements Attempt, GenerationListener {

    private static final Logger LOG = LoggerFactory.getLogger(JobAttempt.class);

    private final Assignment assignment;
    private final Patience patience;
    private final Departments parts;
    private final JobCheckpoints checkpoints;
    private final CompletableFuture<LeaseOutcome> outcome = new CompletableFuture<>();
    private final AtomicBoolean settled = new AtomicBoolean();
    private final AtomicReference<Optional<Run>> run = new AtomicReference<>(Optional.empty());
    private final AtomicBoolean started = new AtomicBoolean();
    private volatile Optional<String> suspendWanted = Optional.empty();
    private volatile boolean stopWanted;
    private volatile boolean abandoned;
    private volatile int stepsBefore;

    JobAttempt(Assignment assignment, Patience patience, Departments parts) {
        this.assignment = assignment;
        this.patience = patience;
        this.parts = parts;
        this.checkpoints = parts.checkpoints().of(assignment.job());
    }

    /**
     * What to do, for whom.
     *
     * @param record the job's record
     * @param job the job
     * @param trace the trace that it belongs to
     * @param lease this attempt's lease
     * @param run which try this is, and whether there may have been others
     */
    record Assignment(JobRecord record, QueuedJob job, TraceContext trace, LeaseId lease, Admission.Run run) {}

    JobId jobId() {
        return assignment.job().id();
    }

    /** Hands the job to the engine once its lease is told. */
    void startOnce(CompletableFuture<Void> leased) {
        parts.running().add(this);
        then(leased, done -> resume(), this::couldNotTell);
    }

    private void resume() {
        if (assignment.run().earlier() == 0) {
            start(Optional.empty());
        } else {
            then(checkpoints.latest(), this::start, unexpected -> start(Optional.empty()));
        }
    }

    private void start(Optional<Checkpoint> checkpoint) {
        if (abandoned) {
            return;
        }
        if (suspendWanted.isPresent()) {
            suspended(checkpoint);
            return;
        }
        stepsBefore = checkpoint.map(Checkpoint::step).orElse(0);
        QueuedJob job = assignment.job();
        parts.progress().begin(job.id(), assignment.lease(), stepsBefore);
        try {
            run.set(Optional.of(parts.generator()
                    .submit(
                            new Generation(
                                    job.id().toString(),
                                    job.spec(),
                                    job.priority(),
                                    job.createdAt(),
                                    // A deadline only concerns starting, and an earlier attempt may have started it.
                                    assignment.run().earlier() == 0 ? job.deadline() : Optional.empty(),
                                    job.previews().orElse(false),
                                    checkpoint),
                            this)));
        } catch (EngineException e) {
            giveUp(e);
        }
        if (stopWanted) {
            stopRun();
        }
        if (suspendWanted.isPresent()) {
            suspendRun();
        }
    }

    /** Stops at the next step because the caller wants so. */
    void cancel() {
        stopRun();
    }

    @Override
    public CompletableFuture<LeaseOutcome> outcome() {
        return outcome;
    }

    @Override
    public void suspend(String why) {
        suspendWanted = Optional.of(why);
        suspendRun();
    }

    @Override
    public void abandon(String why) {
        abandoned = true;
        stopRun();
        if (settle(LeaseOutcome.release(), Ending.RELEASED)) {
            log(LOG.atInfo()).addKeyValue("reason", why).log("abandoned");
        }
    }

    @Override
    public void stepped(int step, int steps) {
        if (abandoned) {
            return;
        }
        if (started.compareAndSet(false, true)) {
            stepsBefore = step - 1;
            then(
                    tell(new GenerationEvent.Started(jobId(), assignment.lease(), now())),
                    done -> {},
                    failure -> log(LOG.atWarn()).addKeyValue("reason", failure).log("start could not be told"));
        }
        parts.progress().stepped(assignment.lease(), step, steps);
    }

    @Override
    public void checkpointed(Checkpoint checkpoint) {
        if (!abandoned) {
            var unused = checkpoints.keep(checkpoint);
        }
    }

    @Override
    public void preview(Preview preview) {
        if (!abandoned) {
            parts.progress().preview(assignment.lease(), preview);
        }
    }

    @Override
    public void finished(List<Picture> pictures) {
        then(
                parts.uploads().store(assignment.job(), pictures),
                this::succeed,
                failure -> giveUp(new EngineException(
                        ErrorCode.STORAGE_FAULT, "The output could not be stored: " + failure.getMessage(), failure)));
    }

    @Override
    public void canceled(int step) {
        if (abandoned) {
            leave();
            return;
        }
        log(LOG.atInfo()).addKeyValue("step", step).log("canceled");
        conclude(new GenerationEvent.Canceled(jobId(), Optional.of(assignment.lease()), now()), Ending.CANCELED);
    }

    /** The checkpoint is kept if that takes moments only; what must be is Kafka's word that the lease ended in good order. */
    @Override
    public void suspended(Optional<Checkpoint> checkpoint) {
        if (abandoned) {
            leave();
            return;
        }
        int step = checkpoint.map(Checkpoint::step).orElse(0);
        String why = suspendWanted.orElse("the engine stops");
        then(
                checkpoints.putAside(assignment.lease(), checkpoint),
                kept -> then(
                        tell(new GenerationEvent.Released(jobId(), assignment.lease(), step, why, now())),
                        done -> {
                            if (settle(LeaseOutcome.release(), Ending.SUSPENDED)) {
                                log(LOG.atInfo())
                                        .addKeyValue("step", step)
                                        .addKeyValue("kept", kept)
                                        .log("put aside");
                            }
                        },
                        this::couldNotTell),
                this::couldNotTell);
    }

    @Override
    public void expired() {
        if (abandoned) {
            leave();
            return;
        }
        log(LOG.atInfo()).log("expired before its first step");
        conclude(new GenerationEvent.Expired(jobId(), Optional.of(assignment.lease()), now()), Ending.EXPIRED);
    }

    @Override
    public void failed(EngineException fault) {
        giveUp(fault);
    }

    private void succeed(List<Artifact> artifacts) {
        int steps = Math.max(1, assignment.job().spec().sampler().steps() - stepsBefore);
        log(LOG.atInfo()).addKeyValue("outputs", artifacts.size()).log("succeeded");
        conclude(new GenerationEvent.Succeeded(jobId(), assignment.lease(), artifacts, steps, now()), Ending.SUCCEEDED);
    }

    private void giveUp(EngineException fault) {
        if (abandoned) {
            leave();
            return;
        }
        log(LOG.atWarn())
                .addKeyValue("code", fault.code().wireName())
                .setCause(fault)
                .log("attempt failed");
        String detail =
                Optional.ofNullable(fault.getMessage()).orElse(fault.code().title());
        switch (fault.code().retry()) {
            case ELSEWHERE -> {
                if (assignment.run().attempt() < patience.maxAttempts()) {
                    settle(LeaseOutcome.releaseAfter(patience.retryPause()), Ending.RELEASED);
                } else {
                    // Another delivery would only find the attempts used up, and not know why.
                    String exhausted = Admission.exhausted(
                            assignment.job(), assignment.run().attempt(), patience.maxAttempts());
                    fail(ErrorCode.ATTEMPTS_EXHAUSTED, exhausted + " The last time: " + detail);
                }
            }
            case NEVER -> fail(fault.code(), detail);
        }
    }

    private void fail(ErrorCode code, String detail) {
        GenerationEvent failed =
                new GenerationEvent.Failed(jobId(), Optional.of(assignment.lease()), code, detail, now());
        then(
                parts.deadLetters().bury(assignment.record(), detail),
                done -> conclude(failed, Ending.FAILED),
                this::couldNotTell);
    }

    /** The record is done with once Kafka has the event. */
    private void conclude(GenerationEvent event, Ending ending) {
        then(
                tell(event),
                done -> {
                    checkpoints.forget();
                    settle(LeaseOutcome.accept(), ending);
                },
                this::couldNotTell);
    }

    private void couldNotTell(Throwable failure) {
        log(LOG.atError()).setCause(failure).log("Kafka did not take an event of the job, it is given back");
        settle(LeaseOutcome.releaseAfter(patience.retryPause()), Ending.RELEASED);
    }

    private boolean settle(LeaseOutcome word, Ending ending) {
        leave();
        boolean first = settled.compareAndSet(false, true);
        if (first) {
            // Counted before it is said, so that whoever hears the outcome finds the count.
            parts.counts().count(ending);
            outcome.complete(word);
        }
        return first;
    }

    private void leave() {
        parts.progress().end(assignment.lease());
        parts.running().remove(this);
    }

    private void stopRun() {
        stopWanted = true;
        run.get().ifPresent(Run::cancel);
    }

    private void suspendRun() {
        run.get().ifPresent(Run::suspend);
    }

    private CompletableFuture<Void> tell(GenerationEvent event) {
        return parts.events().append(event, assignment.trace());
    }

    private Instant now() {
        return parts.clock().instant();
    }

    /** Goes on without waiting; a fault on the way gives the job back instead of leaving its slot waiting. */
    private <T> void then(CompletableFuture<T> future, Consumer<T> done, Consumer<Throwable> failed) {
        var unused = future.whenComplete((value, failure) -> {
                    if (failure == null) {
                        done.accept(value);
                    } else {
                        failed.accept(failure);
                    }
                })
                .whenComplete((value, failure) -> {
                    if (failure != null && !future.isCompletedExceptionally()) {
                        couldNotTell(failure);
                    }
                });
    }

    private LoggingEventBuilder log(LoggingEventBuilder builder) {
        return builder.addKeyValue("job_id", jobId())
                .addKeyValue("attempt", assignment.run().attempt())
                .addKeyValue("lease_id", assignment.lease());
    }
}
