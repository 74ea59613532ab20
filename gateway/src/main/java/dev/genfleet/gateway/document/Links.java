package dev.genfleet.gateway.document;

import dev.genfleet.event.Progress;
import dev.genfleet.job.JobId;
import java.net.URI;
import java.util.Optional;

/** Addresses of jobs under this gateway. */
public final class Links {

    private Links() {}

    /** Path of a job. */
    public static String path(JobId id) {
        return "/v1/jobs/" + id;
    }

    /**
     * Absolute address of a job's latest preview, where it has one. The step makes it another address for each, so that
     * programs which show it load it again; the gateway itself serves the latest under all of them.
     */
    public static Optional<URI> preview(URI base, Progress progress) {
        return progress.previewStep().map(step -> base.resolve(path(progress.jobId()) + "/preview?step=" + step));
    }

    /** Absolute address of a job. */
    static URI job(URI base, JobId id) {
        return base.resolve(path(id));
    }
}
