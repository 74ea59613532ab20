package dev.genfleet.gateway.events;

import dev.genfleet.gateway.document.JobDocuments;
import dev.genfleet.gateway.document.LatestProgress;
import dev.genfleet.gateway.jobs.JobFinder;
import dev.genfleet.gateway.view.JobSignals;
import dev.genfleet.gateway.view.JobView;
import dev.genfleet.gateway.view.JobWatch;
import dev.genfleet.gateway.view.ViewStore;
import io.smallrye.common.annotation.Blocking;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.subscription.BackPressureStrategy;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import java.net.URI;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.logging.Logger;

/** Follows jobs over server-sent events. */
@Path("/v1/jobs/{id}/events")
@Blocking
@Tag(name = "jobs")
public class EventsResource {

    private static final Logger LOG = Logger.getLogger(EventsResource.class);

    private final JobFinder finder;
    private final ViewStore store;
    private final LatestProgress latest;
    private final JobSignals signals;
    private final JobDocuments documents;

    EventsResource(
            JobFinder finder, ViewStore store, LatestProgress latest, JobSignals signals, JobDocuments documents) {
        this.finder = finder;
        this.store = store;
        this.latest = latest;
        this.signals = signals;
        this.documents = documents;
    }

    @GET
    @Produces(MediaType.SERVER_SENT_EVENTS)
    @Operation(
            summary = "Follow a job",
            description =
                    "Durable events carry the job as it was then, generation.progress carries step, steps,"
                            + " fraction, eta_seconds and preview_url. Resume with Last-Event-ID; the stream ends after the terminal event.")
    public Multi<OutboundSseEvent> events(
            String id, @HeaderParam("Last-Event-ID") Optional<String> lastEventId, UriInfo uri, Sse sse) {
        JobView view = finder.find(id);
        StreamPosition seen = StreamPosition.parse(lastEventId);
        URI base = uri.getBaseUri();
        return Multi.createFrom()
                .emitter(
                        out -> {
                            SseListener listener = new SseListener(sse, out, documents, base);
                            Thread thread = Thread.ofVirtual()
                                    .name("events-" + id)
                                    .unstarted(() -> follow(view, listener, seen));
                            out.onTermination(thread::interrupt);
                            thread.start();
                        },
                        BackPressureStrategy.BUFFER);
    }

    private void follow(JobView view, SseListener listener, StreamPosition seen) {
        // The answer's head goes out with the first thing that is written.
        listener.heartbeat();
        try (JobWatch watch = signals.watch(view.job().id())) {
            new EventStream(new JobSource(store, latest, view, watch), listener, seen).run();
        } catch (InterruptedException e) {
            LOG.debugf("stream ended by its client job_id=%s", view.job().id());
        } catch (RuntimeException e) {
            LOG.warnf(
                    "stream cut, its client can resume job_id=%s error=%s",
                    view.job().id(), e);
        }
        listener.out().complete();
    }
}
