package dev.genfleet.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.genfleet.event.GenerationEvent;
import dev.genfleet.job.JobId;
import dev.genfleet.local.Part;
import dev.genfleet.wire.ObjectKeys;
import dev.genfleet.wire.RedisKeys;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Workers killed in the middle of a job, in a pool that nobody else serves, so that every step can be counted. */
@ExtendWith(WithFleet.class)
class ResumedJobIT {

    private static final Duration LIMIT = Duration.ofMinutes(5);
    private static final int STEPS = 600;
    private static final long SEED = 91;
    private static final Map<String, String> OFTEN = Map.of("GENFLEET_CHECKPOINT_SECONDS", "0.2");
    private static final Map<String, String> OFTEN_IN_STORAGE =
            Map.of("GENFLEET_CHECKPOINT_SECONDS", "0.2", "GENFLEET_CHECKPOINT_REDIS_BYTES", "0");

    private static Optional<String> expected = Optional.empty();

    @Test
    void theSecondWorkerGoesOnAtTheCheckpoint(Fleet fleet) throws Exception {
        String id = killedInTheMiddle(fleet, OFTEN, job -> stepInRedis(fleet, job));
        int reached = stepInRedis(fleet, id).orElseThrow();

        assertFinishedBy(fleet, id, OFTEN, STEPS - reached);
        assertThat(fleet.redis().exists(RedisKeys.checkpoint(JobId.parse(id)))).isFalse();
    }

    @Test
    void aLargeCheckpointGoesThroughObjectStorage(Fleet fleet) throws Exception {
        String id = killedInTheMiddle(fleet, OFTEN_IN_STORAGE, job -> stepInStorage(fleet, job));
        assertThat(stepInRedis(fleet, id)).isEmpty();
        int reached = stepInStorage(fleet, id).orElseThrow();

        assertFinishedBy(fleet, id, OFTEN_IN_STORAGE, STEPS - reached);
        assertThat(stepInStorage(fleet, id)).isEmpty();
    }

    @Test
    void aLostCheckpointCostsStepsOnly(Fleet fleet) throws Exception {
        String id = killedInTheMiddle(fleet, OFTEN, job -> stepInRedis(fleet, job));
        fleet.redis().flushAll();

        assertFinishedBy(fleet, id, OFTEN, STEPS);
    }

    /** A job whose worker is dead. */
    private static String killedInTheMiddle(Fleet fleet, Map<String, String> environment, Reached reached)
            throws Exception {
        ObjectNode request = Jobs.request("green triangle", SEED, STEPS).put("model", SampleVariants.UNSERVED);
        Part worker = fleet.workerOf(SampleVariants.UNSERVED_POOL, environment);
        try {
            if (expected.isEmpty()) {
                JsonNode calm = fleet.jobs().succeeded(fleet.jobs().submitted(request), LIMIT);
                expected = Optional.of(Jobs.sha256(calm));
            }
            String id = fleet.jobs().submitted(request);
            Eventually.within(
                    LIMIT, "a checkpoint of job " + id, () -> reached.step(id).filter(step -> step > STEPS / 10));
            return id;
        } finally {
            worker.kill();
        }
    }

    private static void assertFinishedBy(Fleet fleet, String id, Map<String, String> environment, int steps)
            throws Exception {
        Part heir = fleet.workerOf(SampleVariants.UNSERVED_POOL, environment);
        try {
            JsonNode job = fleet.jobs().succeeded(id, LIMIT);
            assertThat(Jobs.sha256(job)).isEqualTo(expected.orElseThrow());
            assertThat(steps).isPositive();
            assertThat(fleet.heartbeats().forwardsWhenIdleAgain(heir.address(), 0, LIMIT))
                    .as("steps that the second worker ran")
                    .isEqualTo(steps);
            assertThat(job.path("metrics").path("attempts").asInt()).isEqualTo(2);
            assertThat(fleet.history().of(id).stream().filter(GenerationEvent::terminal))
                    .hasSize(1);
        } finally {
            heir.stop(Duration.ofSeconds(20));
        }
    }

    private static Optional<Integer> stepInRedis(Fleet fleet, String id) {
        return Optional.ofNullable(fleet.redis().hget(RedisKeys.checkpoint(JobId.parse(id)), "steps"))
                .map(Integer::valueOf);
    }

    /** The greatest key: the one before it may not be deleted yet. Names only, as files come and go meanwhile. */
    private static Optional<Integer> stepInStorage(Fleet fleet, String id) {
        Path folder =
                fleet.folder().root().resolve("data/s3/genfleet").resolve(ObjectKeys.checkpoints(JobId.parse(id)));
        return names(folder)
                .flatMap(fit -> names(folder.resolve(fit)))
                .filter(name -> name.matches("[0-9]{12}"))
                .max(Comparator.naturalOrder())
                .map(Integer::valueOf);
    }

    private static Stream<String> names(Path folder) {
        return Stream.ofNullable(folder.toFile().list()).flatMap(Stream::of);
    }

    /** How far a job's checkpoint is. */
    @FunctionalInterface
    private interface Reached {
        Optional<Integer> step(String id);
    }
}
