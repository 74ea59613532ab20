package dev.genfleet.gateway.health;

import dev.genfleet.gateway.view.ViewStatus;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** The view is complete and kept up to date. */
@Readiness
@Singleton
final class ViewHealth implements HealthCheck {

    private static final Duration LONGEST_SILENCE = Duration.ofSeconds(15);

    private final ViewStatus status;

    ViewHealth(ViewStatus status) {
        this.status = status;
    }

    @Override
    public HealthCheckResponse call() {
        boolean current = status.lastPass().isAfter(Instant.now().minus(LONGEST_SILENCE));
        return HealthCheckResponse.named("view")
                .status(status.builtEpoch().isPresent() && current)
                .build();
    }
}
