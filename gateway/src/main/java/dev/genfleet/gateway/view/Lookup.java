package dev.genfleet.gateway.view;

/** What came of looking for a job. */
public sealed interface Lookup {

    /**
     * It is there.
     *
     * @param view the job
     */
    record Found(JobView view) implements Lookup {}

    /** The view is complete and does not hold it. */
    record Unknown() implements Lookup {}

    /** The view is being rebuilt and does not hold it yet. */
    record Rebuilding() implements Lookup {}
}
