package dev.genfleet.worker.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.genfleet.engine.Checkpoint;
import dev.genfleet.engine.SampleState;
import dev.genfleet.job.JobId;
import dev.genfleet.worker.artifact.S3Artifacts;
import dev.genfleet.worker.redis.RedisSession;
import dev.genfleet.worker.testing.RedisOnly;
import dev.genfleet.worker.testing.S3Server;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Reports what a checkpoint weighs and takes, each step of its way alone, on a real Redis and a real S3 endpoint;
 * {@code -Dgenfleet.test.rounds=60} for times worth quoting.
 */
class CheckpointCostTest {

    private static final Fit FIT = new Fit("sha256:" + "0a".repeat(32), "5c".repeat(32));
    private static final int HEADER_BYTES = 137;
    private static final int ROUNDS = Integer.getInteger("genfleet.test.rounds", 3);

    @Test
    void a_checkpoint_weighs_little_more_than_its_numbers(@TempDir Path home) throws Exception {
        S3Server s3 = S3Server.start(home);
        try (RedisOnly server = RedisOnly.start();
                RedisSession redis = RedisSession.open(server.uri(), InstantSource.system());
                S3Artifacts storage =
                        S3Artifacts.open(s3.endpoint(), S3Server.ACCESS_KEY, S3Server.SECRET_KEY, "genfleet")) {
            List<Shelf> shelves = List.of(new RedisShelf(redis), new ObjectShelf(storage, InstantSource.system()));
            report(shelves, "4 x 16 x 16, no history", 4 * 16 * 16, 0);
            report(shelves, "4 x 32 x 32, no history", 4 * 32 * 32, 0);
            report(shelves, "4 x 32 x 32, 2 of history", 4 * 32 * 32, 2);
            report(shelves, "4 x 16 frames x 64 x 64, no history", 4 * 16 * 64 * 64, 0);
            report(shelves, "4 x 16 frames x 64 x 64, 2 of history", 4 * 16 * 64 * 64, 2);
        } finally {
            s3.close();
        }
    }

    private static void report(List<Shelf> shelves, String name, int elements, int history) throws Exception {
        SampleState sample = state(elements, history);
        Checkpoint checkpoint = new Checkpoint(List.of(sample));
        byte[] bytes = CheckpointFormat.write(checkpoint, FIT);
        assertThat(bytes.length).isEqualTo(HEADER_BYTES + elements * (1 + history) * Float.BYTES);
        JobId job = JobId.next();
        System.out.println(String.format(
                Locale.ROOT,
                "%s: %d bytes; median microseconds: copy %.1f, encode %.1f, decode %.1f, to Redis %.0f, to S3 %.0f",
                name,
                bytes.length,
                micros(_ -> copy(sample)),
                micros(_ -> CheckpointFormat.write(checkpoint, FIT)),
                micros(_ -> CheckpointFormat.read(bytes, FIT)),
                micros(round -> shelves.getFirst().put(job, FIT, at(round, sample))),
                micros(round -> shelves.getLast().put(job, FIT, at(round, sample)))));
    }

    /** As the engine's thread copies a sample. */
    private static SampleState copy(SampleState sample) {
        float[][] history = new float[sample.history().length][];
        Arrays.setAll(history, i -> sample.history()[i].clone());
        return new SampleState(sample.step(), sample.latents().clone(), history);
    }

    private static Checkpoint at(int step, SampleState sample) {
        return new Checkpoint(List.of(new SampleState(step, sample.latents(), sample.history())));
    }

    private static SampleState state(int elements, int arrays) {
        Random random = new Random(1);
        float[][] history = new float[arrays + 1][elements];
        for (float[] array : history) {
            for (int i = 0; i < elements; i++) {
                array[i] = (float) random.nextGaussian();
            }
        }
        return new SampleState(7, history[0], Arrays.copyOfRange(history, 1, arrays + 1));
    }

    private static double micros(Timed work) throws IOException {
        double[] taken = new double[ROUNDS];
        for (int round = 0; round < ROUNDS; round++) {
            long start = System.nanoTime();
            work.run(round);
            taken[round] = (System.nanoTime() - start) / 1e3;
        }
        Arrays.sort(taken);
        return taken[ROUNDS / 2];
    }

    @FunctionalInterface
    private interface Timed {
        void run(int round) throws IOException;
    }
}
