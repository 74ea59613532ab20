package dev.genfleet.worker.lease;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.genfleet.worker.lease.Lease.Renewal;
import dev.genfleet.worker.lease.Lease.Settlement;
import dev.genfleet.worker.testing.SampleJobs;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class SlotTest {

    private final List<Settlement> settlements = new ArrayList<>();
    private final List<JobRecord> requeued = new ArrayList<>();
    private final List<String> abandoned = new ArrayList<>();
    private final List<String> suspended = new ArrayList<>();
    private Runnable atBegin = () -> {};
    private final CompletableFuture<LeaseOutcome> outcome = new CompletableFuture<>();
    private Runnable atThirdRenewal = () -> outcome.complete(LeaseOutcome.accept());
    private int renewals;
    private int deliveries = 1;
    private Renewal renewal = Renewal.HELD;

    @Test
    void accepts_what_is_done() throws Exception {
        outcome.complete(LeaseOutcome.accept());
        slot().runOnce(source());
        assertThat(settlements).containsExactly(Settlement.ACCEPT);
        assertThat(renewals).isZero();
    }

    @Test
    void renews_until_the_work_is_done() throws Exception {
        Slot slot = slot();
        slot.runOnce(source());
        assertThat(settlements).containsExactly(Settlement.ACCEPT);
        assertThat(renewals).isEqualTo(3);
    }

    @Test
    void abandons_the_work_when_the_lease_is_lost() throws Exception {
        renewal = Renewal.LOST;
        slot().runOnce(source());
        assertThat(settlements).isEmpty();
        assertThat(abandoned).containsExactly("the lease was lost");
    }

    @Test
    void abandons_the_work_when_its_consumer_breaks() {
        LeaseSource broken = new Source() {
            @Override
            Renewal renewed() {
                throw new IllegalStateException("the consumer broke");
            }
        };
        assertThatThrownBy(() -> slot().runOnce(broken)).hasMessage("the consumer broke");
        assertThat(abandoned).containsExactly("the slot no longer holds the record");
    }

    @Test
    void gives_back_below_the_delivery_limit() throws Exception {
        deliveries = 4;
        outcome.complete(LeaseOutcome.release());
        slot().runOnce(source());
        assertThat(settlements).containsExactly(Settlement.RELEASE);
        assertThat(requeued).isEmpty();
    }

    @Test
    void writes_the_record_anew_at_the_delivery_limit_where_a_release_would_lose_it() throws Exception {
        deliveries = 5;
        outcome.complete(LeaseOutcome.release());
        slot().runOnce(source());
        assertThat(requeued).hasSize(1);
        assertThat(settlements).containsExactly(Settlement.ACCEPT);
    }

    @Test
    void keeps_a_record_for_a_while_but_no_longer_than_until_the_worker_stops() throws Exception {
        outcome.complete(LeaseOutcome.releaseAfter(Duration.ofHours(1)));
        Slot slot = slot();
        atThirdRenewal = () -> slot.stop(Slot.STOPS);
        slot.runOnce(source());
        assertThat(renewals).isEqualTo(3);
        assertThat(settlements).containsExactly(Settlement.RELEASE);
    }

    @Test
    void does_not_begin_what_it_took_while_stopping() throws Exception {
        Slot slot = slot();
        slot.stop(Slot.STOPS);
        slot.runOnce(source());
        assertThat(settlements).containsExactly(Settlement.RELEASE);
    }

    @Test
    void puts_aside_what_it_holds_when_it_stops() throws Exception {
        Slot slot = slot();
        atThirdRenewal = () -> slot.stop(Slot.STOPS);
        slot.runOnce(source());
        assertThat(suspended).containsExactly(Slot.STOPS);
        assertThat(settlements).containsExactly(Settlement.RELEASE);
    }

    @Test
    void puts_aside_also_what_it_begins_in_the_moment_in_which_it_stops() throws Exception {
        Slot slot = slot();
        atBegin = () -> slot.stop(Slot.STOPS);
        slot.runOnce(source());
        assertThat(suspended).containsExactly(Slot.STOPS);
        assertThat(settlements).containsExactly(Settlement.RELEASE);
    }

    private Slot slot() {
        Attempt attempt = new Attempt() {
            @Override
            public CompletableFuture<LeaseOutcome> outcome() {
                return outcome;
            }

            @Override
            public void suspend(String why) {
                suspended.add(why);
                outcome.complete(LeaseOutcome.release());
            }

            @Override
            public void abandon(String why) {
                abandoned.add(why);
                outcome.complete(LeaseOutcome.release());
            }
        };
        return new Slot(
                "slot-1",
                SlotTest.this::source,
                record -> {
                    atBegin.run();
                    return attempt;
                },
                this::requeue);
    }

    private void requeue(JobRecord record) throws IOException {
        requeued.add(record);
    }

    private LeaseSource source() {
        return new Source();
    }

    /** Hands out one record and counts what is done with it. */
    private class Source implements LeaseSource {

        @Override
        public Optional<Lease> take(Duration wait) {
            return Optional.of(new Lease() {
                @Override
                public JobRecord record() {
                    return SampleJobs.delivered(SampleJobs.job("default"), deliveries);
                }

                @Override
                public Duration renewEvery() {
                    return Duration.ofMillis(10);
                }

                @Override
                public Renewal renew() {
                    return renewed();
                }

                @Override
                public void settle(Settlement settlement) {
                    settlements.add(settlement);
                }
            });
        }

        Renewal renewed() {
            if (++renewals == 3) {
                atThirdRenewal.run();
            }
            return renewal;
        }

        @Override
        public int deliveryLimit() {
            return 5;
        }

        @Override
        public void close() {
            // nothing is open
        }
    }
}
