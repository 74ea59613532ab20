package dev.genfleet.worker.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.genfleet.engine.Checkpoint;
import dev.genfleet.engine.SampleState;
import dev.genfleet.job.JobId;
import dev.genfleet.job.LeaseId;
import dev.genfleet.wire.ObjectKeys;
import dev.genfleet.wire.RedisKeys;
import dev.genfleet.worker.artifact.ArtifactStore.Listed;
import dev.genfleet.worker.artifact.S3Artifacts;
import dev.genfleet.worker.artifact.StoredObject;
import dev.genfleet.worker.redis.RedisSession;
import dev.genfleet.worker.testing.FolderlessStore;
import dev.genfleet.worker.testing.ManualClock;
import dev.genfleet.worker.testing.RedisOnly;
import dev.genfleet.worker.testing.S3Server;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import redis.clients.jedis.RedisClient;

/** Both shelves on a real Redis and a real S3 endpoint. */
class ShelfTest {

    private static final Fit FIT = new Fit("sha256:model", "5c".repeat(32));
    private static final Fit OTHER = new Fit("sha256:model", "00".repeat(32));

    private static RedisOnly server;
    private static S3Server s3;
    private static RedisSession redis;
    private static S3Artifacts storage;

    private final JobId job = JobId.next();

    @BeforeAll
    static void start(@TempDir Path home) throws Exception {
        server = RedisOnly.start();
        s3 = S3Server.start(home);
        redis = RedisSession.open(server.uri(), InstantSource.system());
        storage = S3Artifacts.open(s3.endpoint(), S3Server.ACCESS_KEY, S3Server.SECRET_KEY, "genfleet");
    }

    @AfterAll
    static void stop() throws Exception {
        storage.close();
        redis.close();
        s3.close();
        server.close();
    }

    enum Kind {
        REDIS,
        STORAGE;

        Shelf open() {
            return switch (this) {
                case REDIS -> new RedisShelf(redis);
                case STORAGE -> new ObjectShelf(storage, InstantSource.system());
            };
        }
    }

    @ParameterizedTest
    @EnumSource
    void the_latest_is_found_whoever_writes_last(Kind kind) throws Exception {
        Shelf shelf = kind.open();
        assertThat(shelf.latest(job, FIT)).isEmpty();
        shelf.put(job, FIT, at(9));
        shelf.put(job, FIT, at(10));
        shelf.put(job, FIT, at(3));
        assertThat(latest(shelf)).contains(10);
        shelf.put(job, FIT, at(200));
        assertThat(latest(shelf)).contains(200);
        assertThat(storage.list(ObjectKeys.checkpoints(job)).size()).isLessThan(2);
    }

    @ParameterizedTest
    @EnumSource
    void one_of_another_spec_is_never_found(Kind kind) throws Exception {
        Shelf shelf = kind.open();
        shelf.put(job, OTHER, at(100));
        assertThat(shelf.latest(job, FIT)).isEmpty();
        shelf.put(job, FIT, at(1));
        assertThat(latest(shelf)).contains(1);
    }

    @ParameterizedTest
    @EnumSource
    void what_is_forgotten_is_gone(Kind kind) throws Exception {
        Shelf shelf = kind.open();
        shelf.put(job, FIT, at(5));
        JobId neighbour = JobId.next();
        shelf.put(neighbour, FIT, at(5));
        shelf.forget(job);
        shelf.forget(job);
        assertThat(shelf.latest(job, FIT)).isEmpty();
        assertThat(shelf.latest(neighbour, FIT)).isPresent();
    }

    @Test
    void redis_forgets_by_itself_within_a_day_and_notes_leases() throws Exception {
        RedisShelf shelf = new RedisShelf(redis);
        LeaseId lease = LeaseId.next();
        shelf.put(job, FIT, at(5));
        shelf.released(job, lease);
        try (RedisClient client = RedisClient.create(server.uri())) {
            assertThat(client.ttl(RedisKeys.checkpoint(job))).isBetween(86_000L, 86_400L);
            assertThat(client.smembers(RedisKeys.released(job))).containsExactly(lease.toString());
            assertThat(client.ttl(RedisKeys.released(job))).isBetween(86_000L, 86_400L);
        }
    }

    @Test
    void bytes_that_are_no_checkpoint_are_passed_over() throws Exception {
        try (RedisClient client = RedisClient.create(server.uri())) {
            client.hset(RedisKeys.checkpoint(job), "bytes", "garbage");
        }
        assertThat(new RedisShelf(redis).latest(job, FIT)).isEmpty();
        storage.put(
                new StoredObject(ObjectKeys.checkpoint(job, FIT.key(), 9), new byte[] {1, 2}, "text/plain", Map.of()));
        ObjectShelf large = new ObjectShelf(storage, InstantSource.system());
        assertThat(large.latest(job, FIT)).isEmpty();
    }

    @Test
    void a_store_that_is_away_is_an_exception_at_once() {
        try (RedisSession nowhere = RedisSession.open(URI.create("redis://127.0.0.1:1"), InstantSource.system())) {
            assertThatThrownBy(() -> new RedisShelf(nowhere).put(job, FIT, at(5)))
                    .isInstanceOf(IOException.class);
        }
        S3Artifacts away = S3Artifacts.open(
                URI.create("http://127.0.0.1:1"), S3Server.ACCESS_KEY, S3Server.SECRET_KEY, "genfleet");
        assertThatThrownBy(() -> new ObjectShelf(away, InstantSource.system()).latest(job, FIT))
                .isInstanceOf(IOException.class);
        away.close();
    }

    @Test
    void a_bucket_that_was_never_made_holds_nothing() throws Exception {
        try (S3Artifacts empty =
                S3Artifacts.open(s3.endpoint(), S3Server.ACCESS_KEY, S3Server.SECRET_KEY, "not-made")) {
            assertThat(empty.list("")).isEmpty();
            assertThat(empty.get("a", 9)).isEmpty();
            empty.delete("a");
        }
    }

    @Test
    void an_object_that_is_larger_than_allowed_is_refused() throws Exception {
        new ObjectShelf(storage, InstantSource.system()).put(job, FIT, at(1));
        Listed listed = storage.list(ObjectKeys.checkpoints(job)).getFirst();
        assertThat(storage.get(listed.key(), 1000)).isPresent();
        assertThatThrownBy(() -> storage.get(listed.key(), 10)).hasMessageContaining("more than 10 bytes");
    }

    @Test
    void old_ones_in_object_storage_are_swept_by_any_worker() throws Exception {
        FolderlessStore store = new FolderlessStore();
        Instant noon = Instant.parse("2026-03-01T12:00:00Z");
        ManualClock clock = new ManualClock(noon.plus(Duration.ofHours(23)));
        store.storedAt(noon);
        ObjectShelf shelf = new ObjectShelf(store, clock);
        shelf.put(job, FIT, at(5));
        shelf.sweep(RedisShelf.KEPT);
        assertThat(shelf.latest(job, FIT)).isPresent();
        clock.advance(Duration.ofHours(2));
        shelf.sweep(RedisShelf.KEPT);
        assertThat(store.objects()).isEmpty();
    }

    private Optional<Integer> latest(Shelf shelf) throws IOException {
        return shelf.latest(job, FIT).map(Checkpoint::step);
    }

    private static Checkpoint at(int step) {
        return new Checkpoint(List.of(new SampleState(step, new float[] {step, 1}, new float[0][])));
    }
}
