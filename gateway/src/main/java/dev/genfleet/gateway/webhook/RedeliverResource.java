package dev.genfleet.gateway.webhook;

import dev.genfleet.gateway.http.ProblemException;
import dev.genfleet.gateway.kafka.RecordLog;
import dev.genfleet.gateway.view.Position;
import dev.genfleet.gateway.view.RecordId;
import dev.genfleet.wire.Json;
import dev.genfleet.wire.Topics;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Asks for a delivery again. */
@Path("/v1/webhooks/deliveries")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "webhooks")
public class RedeliverResource {

    private final DeliveryLedger ledger;
    private final Ownership ownership;
    private final RecordLog log;

    RedeliverResource(DeliveryLedger ledger, Ownership ownership, RecordLog log) {
        this.ledger = ledger;
        this.ownership = ownership;
        this.log = log;
    }

    @POST
    @Path("/{id}/redeliver")
    @Operation(summary = "Deliver a webhook again", description = "The retry schedule begins anew")
    public Response redeliver(String id) {
        Delivery delivery = ledger.find(id)
                .orElseThrow(() -> ProblemException.notFound("There is no webhook delivery " + id + "."));
        Note.Asked asked = new Note.Asked(id, delivery.intent().jobId(), Instant.now());
        RecordId at = log.note(Topics.WEBHOOK_DELIVERIES, asked.jobId(), Json.write(asked));
        ledger.apply(new Position(at.partition(), at.offset()), asked);
        ownership.wakeDispatcher();
        return Response.accepted(DeliveryDocument.of(ledger.find(id).orElse(delivery)))
                .build();
    }
}
