package dev.genfleet.gateway.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.genfleet.job.JobId;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

final class ThrottleTest {

    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");

    @Test
    void letsOnePassPerJobAndInterval() {
        Throttle throttle = new Throttle(Duration.ofMillis(500));
        JobId id = JobId.next();
        assertThat(throttle.pass(id, NOON)).isTrue();
        assertThat(throttle.pass(id, NOON.plusMillis(499))).isFalse();
        assertThat(throttle.pass(JobId.next(), NOON.plusMillis(499))).isTrue();
        assertThat(throttle.pass(id, NOON.plusMillis(500))).isTrue();
        assertThat(throttle.pass(id, NOON.plusMillis(999))).isFalse();
    }
}
