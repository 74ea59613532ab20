package dev.genfleet.worker.progress;

import dev.genfleet.event.Progress;
import dev.genfleet.job.JobId;
import dev.genfleet.wire.Json;
import dev.genfleet.wire.RedisKeys;
import dev.genfleet.worker.redis.RedisSession;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redis.clients.jedis.params.SetParams;

/** Keeps each job's latest progress and preview in Redis for an hour, and publishes it to whoever listens. */
public final class RedisProgress implements ProgressSink {

    private static final Logger LOG = LoggerFactory.getLogger(RedisProgress.class);
    private static final Duration KEPT = Duration.ofHours(1);

    private final RedisSession redis;

    /** A sink through that session. */
    public RedisProgress(RedisSession redis) {
        this.redis = redis;
    }

    @Override
    public void accept(Progress progress) {
        String json = new String(Json.write(progress), StandardCharsets.UTF_8);
        boolean told = redis.tell(jedis -> {
            jedis.set(
                    RedisKeys.progress(progress.jobId()),
                    json,
                    SetParams.setParams().ex(KEPT.toSeconds()));
            jedis.publish(RedisKeys.PROGRESS_CHANNEL, json);
        });
        if (!told) {
            LOG.atDebug().addKeyValue("job_id", progress.jobId()).log("progress lost");
        }
    }

    @Override
    public void show(JobId job, byte[] png) {
        byte[] key = RedisKeys.preview(job).getBytes(StandardCharsets.US_ASCII);
        if (!redis.tell(jedis -> jedis.set(key, png, SetParams.setParams().ex(KEPT.toSeconds())))) {
            LOG.atDebug().addKeyValue("job_id", job).log("preview lost");
        }
    }
}
