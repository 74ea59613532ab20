package dev.genfleet.worker.lease;

import java.util.concurrent.CompletableFuture;

/** One try to do what a record asks for, while a slot holds the record. Its methods may be called on any thread. */
public interface Attempt {

    /** Completes, never exceptionally, once the record can be settled. */
    CompletableFuture<LeaseOutcome> outcome();

    /**
     * Stops the work as soon as it can and says nothing more about the job, except that a success already under way may still
     * be told. Completes the outcome with a release when it is not complete.
     */
    void abandon(String why);

    /**
     * Puts the work aside at the next moment at which it can go on elsewhere, and completes the outcome with a release then. Work
     * that is nearly done is finished instead. Any number of times.
     */
    default void suspend(String why) {
        // Nothing to put aside: the outcome comes by itself.
    }

    /** An attempt that has no work left, only an outcome to wait for. */
    static Attempt concluding(CompletableFuture<LeaseOutcome> outcome) {
        return new Attempt() {
            @Override
            public CompletableFuture<LeaseOutcome> outcome() {
                return outcome;
            }

            @Override
            public void abandon(String why) {
                outcome.complete(LeaseOutcome.release());
            }
        };
    }

    /** An attempt that is over before it began. */
    static Attempt done(LeaseOutcome outcome) {
        return concluding(CompletableFuture.completedFuture(outcome));
    }
}
