package dev.genfleet.gateway.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class RetryScheduleTest {

    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");
    private static final List<Duration> WAITS = List.of(Duration.ZERO, Duration.ofSeconds(5), Duration.ofMinutes(5));

    private final RetrySchedule steady = new RetrySchedule(WAITS, () -> 0.0);

    @Test
    void countsEachWaitFromTheAttemptBefore() {
        assertThat(steady.first(NOON)).isEqualTo(NOON);
        assertThat(steady.next(1, NOON, Optional.empty())).contains(NOON.plusSeconds(5));
        assertThat(steady.next(2, NOON, Optional.empty())).contains(NOON.plusSeconds(300));
    }

    @Test
    void endsWithTheSchedule() {
        assertThat(steady.next(3, NOON, Optional.empty())).isEmpty();
        assertThat(steady.next(3, NOON, Optional.of(Duration.ofSeconds(1)))).isEmpty();
    }

    @Test
    void honoursALongerRetryAfterOnly() {
        assertThat(steady.next(1, NOON, Optional.of(Duration.ofMinutes(1)))).contains(NOON.plusSeconds(60));
        assertThat(steady.next(1, NOON, Optional.of(Duration.ofSeconds(1)))).contains(NOON.plusSeconds(5));
        assertThat(steady.next(1, NOON, Optional.of(Duration.ofDays(365)))).contains(NOON.plus(Duration.ofDays(1)));
    }

    @Test
    void jitterLengthensByATenthAtMost() {
        RetrySchedule late = new RetrySchedule(WAITS, () -> 1.0);
        assertThat(late.next(2, NOON, Optional.empty())).contains(NOON.plusSeconds(330));
    }

    @Test
    void readsRetryAfterInBothForms() {
        assertThat(RetryAfter.parse("120", NOON)).contains(Duration.ofMinutes(2));
        assertThat(RetryAfter.parse("Sat, 21 Nov 2026 12:01:00 GMT", NOON)).contains(Duration.ofMinutes(1));
        assertThat(RetryAfter.parse("Sat, 21 Nov 2026 11:00:00 GMT", NOON)).contains(Duration.ZERO);
        assertThat(RetryAfter.parse("later", NOON)).isEmpty();
    }
}
