package dev.genfleet.gateway.document;

import dev.genfleet.job.JobId;
import java.net.URI;

/** Addresses of jobs under this gateway. */
public final class Links {

    private Links() {}

    /** Path of a job. */
    public static String path(JobId id) {
        return "/v1/jobs/" + id;
    }

    /** Absolute address of a job. */
    static URI job(URI base, JobId id) {
        return base.resolve(path(id));
    }
}
