package dev.genfleet.job;

import java.net.URI;
import java.util.List;
import java.util.Objects;

/**
 * Where a caller wants to be told.
 *
 * @param url destination
 * @param events event types asked for, such as {@code generation.succeeded}; empty means every terminal event
 */
public record WebhookTarget(URI url, List<String> events) {

    public WebhookTarget {
        Objects.requireNonNull(url, "webhook.url");
        events = List.copyOf(events);
    }
}
