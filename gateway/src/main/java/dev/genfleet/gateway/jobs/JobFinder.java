package dev.genfleet.gateway.jobs;

import dev.genfleet.fault.ErrorCode;
import dev.genfleet.gateway.http.ProblemException;
import dev.genfleet.gateway.view.JobReader;
import dev.genfleet.gateway.view.JobView;
import dev.genfleet.gateway.view.Lookup;
import dev.genfleet.job.JobId;
import jakarta.inject.Singleton;

/** Finds the job of a request's path, or ends the request. */
@Singleton
public final class JobFinder {

    private final JobReader reader;

    public JobFinder(JobReader reader) {
        this.reader = reader;
    }

    /**
     * The job with this id.
     *
     * @throws ProblemException when there is none, or when that cannot be said now
     */
    public JobView find(String id) {
        return switch (reader.find(parse(id))) {
            case Lookup.Found found -> found.view();
            case Lookup.Unknown ignored ->
                throw new ProblemException(ErrorCode.JOB_NOT_FOUND, "There is no job " + id + ".");
            case Lookup.Rebuilding ignored -> throw rebuilding();
        };
    }

    /**
     * Ends the request while the view is being rebuilt.
     *
     * @throws ProblemException with {@link ErrorCode#UNAVAILABLE}
     */
    public void requireComplete() {
        if (!reader.complete()) {
            throw rebuilding();
        }
    }

    private static ProblemException rebuilding() {
        return new ProblemException(ErrorCode.UNAVAILABLE, "The view of jobs is being rebuilt; try again shortly.");
    }

    private static JobId parse(String id) {
        try {
            return JobId.parse(id);
        } catch (IllegalArgumentException e) {
            throw new ProblemException(ErrorCode.JOB_NOT_FOUND, e.getMessage() + ".", e);
        }
    }
}
