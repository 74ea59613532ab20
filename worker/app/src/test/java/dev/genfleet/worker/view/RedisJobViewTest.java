package dev.genfleet.worker.view;

import static org.assertj.core.api.Assertions.assertThat;

import dev.genfleet.job.JobId;
import dev.genfleet.job.LeaseId;
import dev.genfleet.wire.RedisKeys;
import dev.genfleet.worker.redis.RedisSession;
import dev.genfleet.worker.testing.RedisOnly;
import java.net.URI;
import java.time.InstantSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.RedisClient;

/** On a real Redis, with facts in the form in which gateways keep them. */
class RedisJobViewTest {

    private static RedisOnly server;
    private static RedisSession session;
    private static RedisClient redis;

    private final JobId job = JobId.next();
    private final LeaseId first = LeaseId.next();
    private final LeaseId second = LeaseId.next();

    @BeforeAll
    static void start() throws Exception {
        server = RedisOnly.start();
        session = RedisSession.open(server.uri(), InstantSource.system());
        redis = RedisClient.create(server.uri());
    }

    @AfterAll
    static void stop() throws Exception {
        redis.close();
        session.close();
        server.close();
    }

    @Test
    void an_unknown_job_was_never_tried() {
        assertThat(known()).isEqualTo(new History.Known(false, false, false, 0, 0));
    }

    @Test
    void leases_are_counted_and_those_that_ended_in_good_order_apart() {
        fact(0, "LEASED", first);
        fact(1, "STARTED", first);
        fact(2, "RELEASED", first);
        fact(3, "LEASED", second);
        assertThat(known()).isEqualTo(new History.Known(false, false, true, 1, 1));
    }

    @Test
    void a_workers_note_counts_before_the_view_has_the_event() {
        fact(0, "LEASED", first);
        redis.sadd(RedisKeys.released(job), first.toString());
        assertThat(known()).isEqualTo(new History.Known(false, false, false, 0, 1));
        fact(1, "RELEASED", first);
        assertThat(known()).isEqualTo(new History.Known(false, false, false, 0, 1));
    }

    @Test
    void facts_that_cannot_be_read_are_passed_over() {
        redis.hset(RedisKeys.job(job), "event:0:1", "{");
        redis.hset(RedisKeys.job(job), "event:0:2", "{\"type\":\"NEWS\",\"data\":{}}");
        redis.hset(RedisKeys.job(job), "terminal", "0:3:FAILED");
        redis.set(RedisKeys.cancel(job), "now");
        assertThat(known()).isEqualTo(new History.Known(true, true, false, 0, 0));
    }

    @Test
    void without_redis_nothing_is_known() {
        try (RedisSession nowhere = RedisSession.open(URI.create("redis://127.0.0.1:1"), InstantSource.system())) {
            assertThat(new RedisJobView(nowhere).of(job)).isEqualTo(new History.Unknown());
        }
    }

    private History known() {
        return new RedisJobView(session).of(job);
    }

    private void fact(int offset, String type, LeaseId lease) {
        redis.hset(
                RedisKeys.job(job),
                "event:0:" + offset,
                "{\"type\":\"" + type + "\",\"data\":{\"job_id\":\"" + job + "\",\"lease_id\":\"" + lease + "\"}}");
    }
}
