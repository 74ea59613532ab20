package dev.genfleet.gateway.jobs;

import dev.genfleet.fault.ErrorCode;
import dev.genfleet.gateway.http.ProblemException;
import dev.genfleet.gateway.view.JobView;
import dev.genfleet.wire.RedisKeys;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.nio.charset.StandardCharsets;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import redis.clients.jedis.RedisClient;

/** The latest preview of a job. */
@Path("/v1/jobs/{id}/preview")
@RunOnVirtualThread
@Tag(name = "jobs")
public class PreviewResource {

    private final JobFinder finder;
    private final RedisClient redis;

    PreviewResource(JobFinder finder, RedisClient redis) {
        this.finder = finder;
        this.redis = redis;
    }

    @GET
    @Operation(summary = "See what is under way", description = "A small PNG picture, of jobs with previews; 404 else")
    public Response preview(String id) {
        JobView view = finder.find(id);
        byte[] picture = redis.get(RedisKeys.preview(view.job().id()).getBytes(StandardCharsets.US_ASCII));
        if (picture == null) {
            throw new ProblemException(ErrorCode.PREVIEW_NOT_FOUND, "Job " + id + " " + why(view) + ".");
        }
        return Response.ok(picture, "image/png")
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .build();
    }

    private static String why(JobView view) {
        if (!view.job().previews().orElse(false)) {
            return "was submitted without previews, and so shows none";
        }
        return "is " + view.state().wireName() + " and has no preview "
                + (view.state().terminal() ? "any more" : "yet");
    }
}
