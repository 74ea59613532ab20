package dev.genfleet.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.genfleet.event.EventType;
import dev.genfleet.event.GenerationEvent;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(WithFleet.class)
class JobBecomesPictureIT {

    private static final Duration LIMIT = Duration.ofMinutes(3);

    @Test
    void aJobBecomesAPicture(Fleet fleet) throws Exception {
        String id = fleet.jobs().submitted(Jobs.request("yellow star", 7, 20));

        JsonNode job = fleet.jobs().succeeded(id, LIMIT);

        byte[] picture = fleet.jobs().picture(job);
        assertThat(HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(picture)))
                .isEqualTo(Jobs.sha256(job));
        BufferedImage image = ImageIO.read(new ByteArrayInputStream(picture));
        assertThat(List.of(image.getWidth(), image.getHeight())).containsExactly(64, 64);
        assertThat(job.path("outputs").path(0).path("seed").asLong()).isEqualTo(7);
        assertThat(job.path("metrics").path("attempts").asInt()).isEqualTo(1);
        assertThat(job.path("metrics").path("queue_seconds").isNumber()).isTrue();
        assertThat(job.path("metrics").path("run_seconds").isNumber()).isTrue();
    }

    @Test
    void aJobShowsHowItIsGuided(Fleet fleet) throws Exception {
        var request = Jobs.request("yellow star", 7, 20);
        var input = (ObjectNode) request.path("input");
        input.put("guidance_rescale", 0.7)
                .putArray("guidance_interval")
                .add(0.1)
                .add(0.8);
        request.put("previews", false);

        JsonNode job = fleet.jobs().succeeded(fleet.jobs().submitted(request), LIMIT);

        assertThat(job.path("input").path("guidance_rescale").asDouble()).isEqualTo(0.7);
        assertThat(job.path("input").path("guidance_interval").toString()).isEqualTo("[0.1,0.8]");
        assertThat(job.path("previews").isBoolean()).isTrue();
    }

    @Test
    void everythingThatHappenedToAJobIsInKafka(Fleet fleet) throws Exception {
        String id = fleet.jobs().submitted(Jobs.request("red circle", 8, 10));

        fleet.jobs().succeeded(id, LIMIT);

        assertThat(fleet.history().of(id))
                .extracting(GenerationEvent::type)
                .containsExactly(EventType.LEASED, EventType.STARTED, EventType.SUCCEEDED);
    }

    @Test
    void aSignedWebhookTellsOfTheEnd(Fleet fleet) throws Exception {
        try (WebhookInbox inbox = WebhookInbox.open(fleet.endpoints().webhookSecret())) {
            var request = Jobs.request("green ring", 9, 10);
            request.putObject("webhook").put("url", inbox.url().toString());
            String id = fleet.jobs().submitted(request);

            WebhookInbox.Received received =
                    Eventually.within(LIMIT, "a webhook about job " + id, () -> inbox.received().stream()
                            .filter(delivery -> delivery.job().equals(id))
                            .filter(delivery -> delivery.type().equals("generation.succeeded"))
                            .findFirst());

            assertThat(received.verified()).isTrue();
        }
    }

    @Test
    void progressIsSeenWhileAJobRuns(Fleet fleet) throws Exception {
        String id = fleet.jobs().submitted(Jobs.request("blue heart", 10, 250));

        JsonNode progress = Eventually.within(LIMIT, "progress of job " + id, () -> Optional.of(
                        fleet.jobs().job(id).body())
                .filter(job -> job.path("state").asText().equals("processing"))
                .map(job -> job.path("progress"))
                .filter(seen ->
                        seen.path("step").asInt() > 0 && seen.path("step").asInt() < 250));

        assertThat(progress.path("steps").asInt()).isEqualTo(250);
        assertThat(progress.path("eta_seconds").isNumber()).isTrue();
        fleet.jobs().succeeded(id, LIMIT);
    }
}
