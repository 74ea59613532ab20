package dev.genfleet.worker.progress;

import dev.genfleet.engine.Preview;
import dev.genfleet.event.Progress;
import dev.genfleet.job.JobId;
import dev.genfleet.job.LeaseId;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** The latest step of one attempt, and what of it was told. Safe on any thread. */
final class TrackedJob {

    private final JobId job;
    private final LeaseId lease;
    private final Instant begun;
    private int stepsBefore;
    private int step;
    private int steps = 1;
    private Instant steppedAt;
    private int toldStep;
    private Instant toldAt = Instant.MIN;
    private Optional<Preview> preview = Optional.empty();
    private int shownStep;
    private boolean ended;

    /**
     * A job that is followed from now on.
     *
     * @param stepsBefore where it goes on, if it does
     */
    TrackedJob(JobId job, LeaseId lease, int stepsBefore, Instant begun) {
        this.job = job;
        this.lease = lease;
        this.stepsBefore = stepsBefore;
        this.begun = begun;
        this.steppedAt = begun;
    }

    LeaseId lease() {
        return lease;
    }

    synchronized void note(int latestStep, int allSteps, Instant now) {
        if (latestStep <= stepsBefore) {
            stepsBefore = 0; // it has started over
        }
        step = latestStep;
        steps = allSteps;
        steppedAt = now;
    }

    synchronized void note(Preview latest) {
        preview = Optional.of(latest);
    }

    synchronized void end() {
        ended = true;
    }

    synchronized boolean isOver() {
        return ended;
    }

    /** A report, when there is a new step and either enough time has passed or there will be no other. */
    synchronized Optional<Report> due(Instant now, Duration interval) {
        if (step == toldStep) {
            return Optional.empty();
        }
        boolean last = ended || step == steps;
        if (!last && !toldAt.equals(Instant.MIN) && now.isBefore(toldAt.plus(interval))) {
            return Optional.empty();
        }
        toldStep = step;
        toldAt = now;
        Optional<Preview> news = preview.filter(latest -> latest.step() != shownStep);
        news.ifPresent(latest -> shownStep = latest.step());
        return Optional.of(new Report(
                new Progress(job, lease, step, steps, etaSeconds(), steppedAt, preview.map(Preview::step)), news));
    }

    /**
     * What is to be told.
     *
     * @param progress how far the job is
     * @param preview what it looks like, where that was not told yet
     */
    record Report(Progress progress, Optional<Preview> preview) {}

    /** As if every step to come took as long as those done here did on average, waiting for other jobs included. */
    private double etaSeconds() {
        double millis = Duration.between(begun, steppedAt).toMillis() * (double) (steps - step) / (step - stepsBefore);
        return Math.round(millis) / 1000.0;
    }
}
