package dev.genfleet.worker.checkpoint;

import dev.genfleet.engine.Checkpoint;
import dev.genfleet.job.JobId;
import dev.genfleet.job.LeaseId;
import dev.genfleet.wire.RedisKeys;
import dev.genfleet.worker.redis.RedisSession;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps small checkpoints in Redis: a hash per job of what it fits, its steps and its bytes, which expires by itself. */
final class RedisShelf implements Shelf {

    /** What is kept longer than this was forgotten by everybody. */
    static final Duration KEPT = Duration.ofDays(1);

    private static final Logger LOG = LoggerFactory.getLogger(RedisShelf.class);
    private static final byte[] BYTES = utf8("bytes");

    /** KEYS: hash. ARGV: what it fits, steps of all samples, bytes, seconds kept. A later one that fits the same stays. */
    private static final byte[] PUT_IF_LATER = utf8("""
            local known = redis.call('HMGET', KEYS[1], 'fit', 'steps')
            if known[1] == ARGV[1] and tonumber(known[2]) >= tonumber(ARGV[2]) then
              return 0
            end
            redis.call('HSET', KEYS[1], 'fit', ARGV[1], 'steps', ARGV[2], 'bytes', ARGV[3])
            redis.call('EXPIRE', KEYS[1], ARGV[4])
            return 1
            """);

    private final RedisSession redis;

    RedisShelf(RedisSession redis) {
        this.redis = redis;
    }

    @Override
    public void put(JobId job, Fit fit, Checkpoint checkpoint) throws IOException {
        List<byte[]> arguments = List.of(
                utf8(fit.key()),
                utf8(Long.toString(checkpoint.stepsOfAll())),
                CheckpointFormat.write(checkpoint, fit),
                utf8(Long.toString(KEPT.toSeconds())));
        require(redis.tell(jedis -> jedis.eval(PUT_IF_LATER, List.of(utf8(RedisKeys.checkpoint(job))), arguments)));
    }

    @Override
    public Optional<Checkpoint> latest(JobId job, Fit fit) throws IOException {
        Optional<List<byte[]>> fields = redis.ask(jedis -> jedis.hmget(utf8(RedisKeys.checkpoint(job)), BYTES));
        require(fields.isPresent());
        byte[] bytes = fields.get().getFirst();
        if (bytes == null) {
            return Optional.empty();
        }
        return switch (CheckpointFormat.read(bytes, fit)) {
            case CheckpointFormat.Reading.Usable(Checkpoint checkpoint) -> Optional.of(checkpoint);
            case CheckpointFormat.Reading.Unusable(String reason) -> {
                LOG.atInfo()
                        .addKeyValue("job_id", job)
                        .addKeyValue("store", "redis")
                        .log("checkpoint not usable, because {}", reason);
                yield Optional.empty();
            }
        };
    }

    @Override
    public void forget(JobId job) throws IOException {
        require(redis.tell(jedis -> jedis.del(RedisKeys.checkpoint(job))));
    }

    /** Notes that a lease ended in good order, for workers that take the job before the view has heard of it. */
    void released(JobId job, LeaseId lease) throws IOException {
        require(redis.tell(jedis -> {
            jedis.sadd(RedisKeys.released(job), lease.toString());
            jedis.expire(RedisKeys.released(job), KEPT.toSeconds());
        }));
    }

    private static void require(boolean answered) throws IOException {
        if (!answered) {
            throw new IOException("Redis does not answer");
        }
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
