package dev.genfleet.gateway.health;

import dev.genfleet.gateway.kafka.Brokers;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Kafka answers. */
@Readiness
@Singleton
final class KafkaHealth implements HealthCheck {

    private final Brokers brokers;

    KafkaHealth(Brokers brokers) {
        this.brokers = brokers;
    }

    @Override
    public HealthCheckResponse call() {
        return brokers.answer() ? HealthCheckResponse.up("kafka") : HealthCheckResponse.down("kafka");
    }
}
