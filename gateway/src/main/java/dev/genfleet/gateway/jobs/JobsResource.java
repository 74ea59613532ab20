package dev.genfleet.gateway.jobs;

import dev.genfleet.fault.ErrorCode;
import dev.genfleet.gateway.document.JobDocument;
import dev.genfleet.gateway.document.JobDocuments;
import dev.genfleet.gateway.http.ProblemException;
import dev.genfleet.gateway.view.JobIndex;
import dev.genfleet.gateway.view.JobState;
import dev.genfleet.gateway.view.JobView;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestQuery;

/** Reads, lists and cancels jobs. */
@Path("/v1/jobs")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "jobs")
public class JobsResource {

    private static final int USUAL_LIMIT = 20;
    private static final int MOST = 100;

    private final JobFinder finder;
    private final JobIndex index;
    private final JobDocuments documents;
    private final Canceler canceler;

    JobsResource(JobFinder finder, JobIndex index, JobDocuments documents, Canceler canceler) {
        this.finder = finder;
        this.index = index;
        this.documents = documents;
        this.canceler = canceler;
    }

    @GET
    @Path("/{id}")
    @Operation(summary = "Read a job")
    public JobDocument get(String id, UriInfo uri) {
        return documents.of(finder.find(id), uri.getBaseUri());
    }

    @GET
    @Operation(summary = "List jobs, newest first")
    public JobPage list(
            @RestQuery Optional<String> state,
            @RestQuery Optional<String> model,
            @RestQuery Optional<String> limit,
            @RestQuery Optional<String> cursor,
            UriInfo uri) {
        int most = limit.map(JobsResource::limit).orElse(USUAL_LIMIT);
        JobIndex.Filter filter = new JobIndex.Filter(state.map(JobsResource::state), model);
        finder.requireComplete();
        List<JobView> views = index.newest(filter, cursor.map(Cursor::read), most + 1);
        List<JobDocument> data = views.stream()
                .limit(most)
                .map(view -> documents.of(view, uri.getBaseUri()))
                .toList();
        return new JobPage(
                "list",
                data,
                views.size() > most,
                views.size() > most ? Optional.of(Cursor.after(data.getLast().id())) : Optional.empty());
    }

    @POST
    @Path("/{id}/cancel")
    @Operation(summary = "Cancel a job", description = "202 when asked for in time, 409 once the job has ended")
    public Response cancel(String id, UriInfo uri, HttpHeaders headers) {
        JobView view = canceler.cancel(finder.find(id), headers);
        return Response.accepted(documents.of(view, uri.getBaseUri())).build();
    }

    private static int limit(String text) {
        if (text.matches("[0-9]{1,6}")) {
            int limit = Integer.parseInt(text);
            if (limit >= 1 && limit <= MOST) {
                return limit;
            }
        }
        throw new ProblemException(
                ErrorCode.INVALID_REQUEST, "limit is '" + text + "', but must be a number from 1 to " + MOST + ".");
    }

    private static JobState state(String text) {
        return JobState.parse(text)
                .orElseThrow(() -> new ProblemException(
                        ErrorCode.INVALID_REQUEST,
                        "state is '" + text + "', but must be one of "
                                + Arrays.stream(JobState.values())
                                        .map(JobState::wireName)
                                        .collect(Collectors.joining(", "))
                                + "."));
    }

    /**
     * A page of jobs.
     *
     * @param object always {@code list}
     * @param data jobs, newest first
     * @param hasMore whether older ones follow
     * @param nextCursor where they begin
     */
    public record JobPage(String object, List<JobDocument> data, boolean hasMore, Optional<String> nextCursor) {}
}
