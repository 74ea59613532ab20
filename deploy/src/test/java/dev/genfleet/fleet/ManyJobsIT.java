package dev.genfleet.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.genfleet.event.GenerationEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(WithFleet.class)
class ManyJobsIT {

    private static final int JOBS = 64;
    private static final Duration LIMIT = Duration.ofMinutes(5);

    @Test
    void sixtyFourJobsAtOnceAllSucceedAndEveryWebhookArrives(Fleet fleet) throws Exception {
        try (WebhookInbox inbox = WebhookInbox.open(fleet.endpoints().webhookSecret())) {
            List<String> ids = new ArrayList<>();
            for (int i = 0; i < JOBS; i++) {
                var request = Jobs.request("white heart", 9000 + i, 8);
                request.putObject("webhook").put("url", inbox.url().toString());
                request.put("priority", i % 3 == 0 ? "interactive" : i % 3 == 1 ? "standard" : "batch");
                ids.add(fleet.jobs().submitted(request));
            }

            for (String id : ids) {
                fleet.jobs().succeeded(id, LIMIT);
            }
            List<WebhookInbox.Received> received =
                    Eventually.within(LIMIT, JOBS + " webhooks", () -> Optional.of(inbox.received())
                            .filter(all -> all.stream()
                                            .map(WebhookInbox.Received::job)
                                            .distinct()
                                            .count()
                                    == JOBS));

            assertThat(received).allMatch(WebhookInbox.Received::verified);
            assertThat(received).extracting(WebhookInbox.Received::type).containsOnly("generation.succeeded");
            assertThat(received).extracting(WebhookInbox.Received::job).containsAll(ids);
            Map<String, List<GenerationEvent>> history = fleet.history().all();
            assertThat(ids).allSatisfy(id -> assertThat(history.get(id).stream().filter(GenerationEvent::terminal))
                    .hasSize(1));
        }
    }
}
