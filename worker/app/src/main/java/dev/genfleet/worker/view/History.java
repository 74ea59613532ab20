package dev.genfleet.worker.view;

/** What a worker should know about a job before it starts on it. */
public sealed interface History {

    /**
     * The view answered.
     *
     * @param terminal whether the job has ended
     * @param cancelWanted whether the caller asked to cancel it
     * @param started whether its first step ever ran
     * @param leases how many attempts began, as far as the view has them, but for those that were put aside
     * @param putAside how many attempts ended in good order because their workers stopped
     */
    record Known(boolean terminal, boolean cancelWanted, boolean started, int leases, int putAside)
            implements History {}

    /** The view did not answer. */
    record Unknown() implements History {}
}
