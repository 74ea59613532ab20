package dev.genfleet.gateway.webhook;

import dev.genfleet.gateway.jobs.JobFinder;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The log of a job's deliveries. */
@Path("/v1/jobs/{id}/deliveries")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "webhooks")
public class DeliveriesResource {

    private final JobFinder finder;
    private final DeliveryLedger ledger;

    DeliveriesResource(JobFinder finder, DeliveryLedger ledger) {
        this.finder = finder;
        this.ledger = ledger;
    }

    @GET
    @Operation(summary = "List a job's webhook deliveries with their attempts")
    public DeliveryList list(String id) {
        return new DeliveryList(
                "list",
                ledger.of(finder.find(id).job().id()).stream()
                        .map(DeliveryDocument::of)
                        .toList());
    }

    /**
     * A list of deliveries.
     *
     * @param object always {@code list}
     * @param data in order of their events
     */
    record DeliveryList(String object, List<DeliveryDocument> data) {}
}
