package dev.genfleet.gateway.jobs;

import dev.genfleet.event.Artifact;
import dev.genfleet.event.GenerationEvent;
import dev.genfleet.fault.ErrorCode;
import dev.genfleet.gateway.http.ProblemException;
import dev.genfleet.gateway.storage.OutputLinks;
import dev.genfleet.gateway.view.JobView;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The way to a job's outputs. */
@Path("/v1/jobs/{id}/outputs")
@RunOnVirtualThread
@Tag(name = "jobs")
public class OutputsResource {

    private final JobFinder finder;
    private final OutputLinks links;

    OutputsResource(JobFinder finder, OutputLinks links) {
        this.finder = finder;
        this.links = links;
    }

    @GET
    @Path("/{index}")
    @Operation(summary = "Go to an output", description = "Redirects to a fresh link; 410 when the output was removed")
    public Response output(String id, String index) {
        JobView view = finder.find(id);
        Artifact output = outputs(view).stream()
                .filter(artifact -> Integer.toString(artifact.index()).equals(index))
                .findFirst()
                .orElseThrow(() -> new ProblemException(
                        ErrorCode.OUTPUT_NOT_FOUND,
                        "Output " + index + " was asked for, but job " + id + " is "
                                + view.state().wireName() + " and has "
                                + outputs(view).size() + " outputs."));
        if (!links.exists(output.key())) {
            throw new ProblemException(
                    ErrorCode.OUTPUT_GONE, "Output " + index + " of job " + id + " was removed from storage.");
        }
        return Response.temporaryRedirect(
                        links.sign(output.key(), Instant.now()).url())
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .build();
    }

    private static List<Artifact> outputs(JobView view) {
        return view.end()
                .filter(GenerationEvent.Succeeded.class::isInstance)
                .map(GenerationEvent.Succeeded.class::cast)
                .map(GenerationEvent.Succeeded::outputs)
                .orElse(List.of());
    }
}
