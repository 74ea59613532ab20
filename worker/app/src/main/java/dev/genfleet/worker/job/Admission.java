package dev.genfleet.worker.job;

import dev.genfleet.job.QueuedJob;
import dev.genfleet.worker.view.History;
import java.time.Instant;

/** Whether a job that was just taken should run. */
sealed interface Admission {

    /**
     * It runs.
     *
     * @param attempt which try this is, from 1; what was put aside in good order was none
     * @param earlier how often some worker may have begun it before
     */
    record Run(int attempt, int earlier) implements Admission {}

    /** It ended before. */
    record EndedBefore() implements Admission {}

    /** Its caller does not want it any more. */
    record Cancel() implements Admission {}

    /** Its deadline passed before it ever started. */
    record Expire() implements Admission {}

    /**
     * It was tried often enough.
     *
     * @param detail a sentence for the caller
     */
    record GiveUp(String detail) implements Admission {}

    /**
     * Decides.
     *
     * <p>Without the view, the broker's own count of deliveries stands in for the attempts; a deadline only counts at the first
     * delivery then, since a job that was delivered before may have started, and a job that was put aside counts as tried.
     *
     * @param deliveries how often the broker has handed the record out, this time included
     */
    static Admission decide(QueuedJob job, History history, int deliveries, int maxAttempts, Instant now) {
        return switch (history) {
            case History.Known known when known.terminal() -> new EndedBefore();
            case History.Known known when known.cancelWanted() -> new Cancel();
            case History.Known known ->
                !known.started() && job.expiredAt(now)
                        ? new Expire()
                        : run(
                                job,
                                new Run(
                                        known.leases() + 1,
                                        Math.max(known.leases() + known.putAside(), deliveries - 1)),
                                maxAttempts);
            case History.Unknown _ ->
                deliveries == 1 && job.expiredAt(now)
                        ? new Expire()
                        : run(job, new Run(deliveries, deliveries - 1), maxAttempts);
        };
    }

    private static Admission run(QueuedJob job, Run run, int maxAttempts) {
        int attempt = run.attempt();
        if (attempt > maxAttempts) {
            return new GiveUp(exhausted(job, attempt - 1, maxAttempts));
        }
        return run;
    }

    /** The sentence about a job whose attempts are used up. */
    static String exhausted(QueuedJob job, int attempts, int maxAttempts) {
        return "Job " + job.id() + " was tried " + attempts + " times without a result, but is tried " + maxAttempts
                + " times at most.";
    }
}
