package dev.genfleet.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.genfleet.event.GenerationEvent;
import dev.genfleet.job.JobId;
import dev.genfleet.local.Part;
import dev.genfleet.wire.ObjectKeys;
import dev.genfleet.wire.RedisKeys;
import java.io.IOException;
import java.nio.file.Files;
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
    private static final int STEPS = 1000;
    private static final Map<String, String> OFTEN = Map.of("GENFLEET_CHECKPOINT_SECONDS", "0.2");
    private static final Map<String, String> OFTEN_IN_STORAGE =
            Map.of("GENFLEET_CHECKPOINT_SECONDS", "0.2", "GENFLEET_CHECKPOINT_REDIS_BYTES", "0");

    @Test
    void theSecondWorkerGoesOnAtTheCheckpoint(Fleet fleet) throws Exception {
        Run run = killedInTheMiddle(fleet, 91, OFTEN, id -> stepInRedis(fleet, id));
        int reached = stepInRedis(fleet, run.id()).orElseThrow();

        assertFinishedBy(fleet, run, OFTEN, STEPS - reached);
        assertThat(fleet.redis().exists(RedisKeys.checkpoint(JobId.parse(run.id()))))
                .isFalse();
    }

    @Test
    void aLargeCheckpointGoesThroughObjectStorage(Fleet fleet) throws Exception {
        Run run = killedInTheMiddle(fleet, 92, OFTEN_IN_STORAGE, id -> stepInStorage(fleet, id));
        assertThat(stepInRedis(fleet, run.id())).isEmpty();
        int reached = stepInStorage(fleet, run.id()).orElseThrow();

        assertFinishedBy(fleet, run, OFTEN_IN_STORAGE, STEPS - reached);
        assertThat(stepInStorage(fleet, run.id())).isEmpty();
    }

    @Test
    void aLostCheckpointCostsStepsOnly(Fleet fleet) throws Exception {
        Run run = killedInTheMiddle(fleet, 93, OFTEN, id -> stepInRedis(fleet, id));
        fleet.redis().flushAll();

        assertFinishedBy(fleet, run, OFTEN, STEPS);
    }

    /** A job whose worker is dead, and the hash of what it is to become. */
    private record Run(String id, String expected) {}

    private static Run killedInTheMiddle(Fleet fleet, long seed, Map<String, String> environment, Reached reached)
            throws Exception {
        ObjectNode request = Jobs.request("green triangle", seed, STEPS).put("model", SampleVariants.UNSERVED);
        Part worker = fleet.workerOf(SampleVariants.UNSERVED_POOL, environment);
        try {
            String calm = fleet.jobs().submitted(request);
            String expected = Jobs.sha256(fleet.jobs().succeeded(calm, LIMIT));
            String id = fleet.jobs().submitted(request);
            Eventually.within(
                    LIMIT, "a checkpoint of job " + id, () -> reached.step(id).filter(step -> step > 100));
            worker.kill();
            return new Run(id, expected);
        } finally {
            worker.kill();
        }
    }

    private static void assertFinishedBy(Fleet fleet, Run run, Map<String, String> environment, int steps)
            throws Exception {
        Part heir = fleet.workerOf(SampleVariants.UNSERVED_POOL, environment);
        try {
            JsonNode job = fleet.jobs().succeeded(run.id(), LIMIT);
            assertThat(Jobs.sha256(job)).isEqualTo(run.expected());
            assertThat(steps).isPositive();
            assertThat(fleet.heartbeats().forwardsWhenIdle(heir.address(), LIMIT))
                    .as("steps that the second worker ran")
                    .isEqualTo(steps);
            assertThat(job.path("metrics").path("attempts").asInt()).isEqualTo(2);
            assertThat(fleet.history().of(run.id()).stream().filter(GenerationEvent::terminal))
                    .hasSize(1);
        } finally {
            heir.stop(Duration.ofSeconds(20));
        }
    }

    private static Optional<Integer> stepInRedis(Fleet fleet, String id) {
        return Optional.ofNullable(fleet.redis().hget(RedisKeys.checkpoint(JobId.parse(id)), "steps"))
                .map(Integer::valueOf);
    }

    /** The greatest key: what was written last need not be, and the one before may not be deleted yet. */
    private static Optional<Integer> stepInStorage(Fleet fleet, String id) throws IOException {
        Path folder =
                fleet.folder().root().resolve("data/s3/genfleet").resolve(ObjectKeys.checkpoints(JobId.parse(id)));
        if (!Files.isDirectory(folder)) {
            return Optional.empty();
        }
        try (Stream<Path> files = Files.find(folder, 2, (_, attributes) -> attributes.isRegularFile())) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.matches("[0-9]{12}"))
                    .max(Comparator.naturalOrder())
                    .map(Integer::valueOf);
        }
    }

    /** How far a job's checkpoint is. */
    @FunctionalInterface
    private interface Reached {
        Optional<Integer> step(String id) throws IOException;
    }
}
