package dev.genfleet.gateway.submission;

import dev.genfleet.gateway.document.JobDocument;
import dev.genfleet.gateway.document.JobDocuments;
import dev.genfleet.gateway.document.Links;
import dev.genfleet.gateway.http.BodyLimit;
import dev.genfleet.gateway.view.JobAwaiter;
import dev.genfleet.gateway.view.JobView;
import dev.genfleet.job.JobRequest;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Takes jobs. */
@Path("/v1/jobs")
@RunOnVirtualThread
@Tag(name = "jobs")
public class SubmitResource {

    private final Submitter submitter;
    private final JobAwaiter awaiter;
    private final JobDocuments documents;

    SubmitResource(Submitter submitter, JobAwaiter awaiter, JobDocuments documents) {
        this.submitter = submitter;
        this.awaiter = awaiter;
        this.documents = documents;
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(
            summary = "Submit a job",
            description =
                    "Answers 202 once the job is durable. Headers: Idempotency-Key (kept 24 hours), Cancel-After"
                            + " (such as 90s), Prefer: wait=N (at most 60 seconds; answers 200 when the job has ended by then).")
    @RequestBody(content = @Content(schema = @Schema(implementation = JobRequest.class)))
    @APIResponse(
            responseCode = "202",
            description = "The job is queued",
            content = @Content(schema = @Schema(implementation = JobDocument.class)))
    public Response submit(byte[] body, HttpHeaders headers, UriInfo uri) {
        BodyLimit.check(body);
        SubmitHeaders known = SubmitHeaders.of(headers);
        JobView submitted = submitter.submit(body, known);
        JobView view = known.patience()
                .map(longest -> awaiter.awaitEnd(submitted, longest))
                .orElse(submitted);
        Response.ResponseBuilder answer = Response.status(
                        known.patience().isPresent() && view.state().terminal()
                                ? Response.Status.OK
                                : Response.Status.ACCEPTED)
                .header(HttpHeaders.LOCATION, Links.path(view.job().id()))
                .header(TRACE_ID, known.trace().traceId())
                .entity(documents.of(view, uri.getBaseUri()));
        known.patience().ifPresent(granted -> answer.header("Preference-Applied", "wait=" + granted.toSeconds()));
        return answer.build();
    }

    private static final String TRACE_ID = "Trace-Id";
}
