package dev.genfleet.gateway.view;

import dev.genfleet.gateway.config.GatewayConfig;
import dev.genfleet.job.JobId;
import dev.genfleet.wire.RedisKeys;
import dev.genfleet.wire.Topics;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import redis.clients.jedis.AbstractPipeline;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.Response;
import redis.clients.jedis.exceptions.JedisNoScriptException;

/** The facts of all jobs in Redis. Every method throws {@code JedisException} when Redis does not answer. */
@Singleton
public final class ViewStore {

    private static final String SCRIPT = script();
    private static final String OUT_OF_TURN = "";
    private static final long CHANGED = 1;
    private static final long OTHER_EPOCH = -1;

    private final RedisClient redis;
    private final Duration retention;
    private volatile Optional<String> sha = Optional.empty();

    @Inject
    ViewStore(RedisClient redis, GatewayConfig config) {
        this(redis, config.retention());
    }

    /**
     * A store on {@code redis}.
     *
     * @param retention how long a job is kept after its end
     */
    public ViewStore(RedisClient redis, Duration retention) {
        this.redis = redis;
        this.retention = retention;
    }

    /** Applies one fact out of turn, right after Kafka acknowledged its record. */
    public void apply(Fact fact) {
        send(List.of(Entry.of(fact)), OUT_OF_TURN);
    }

    /**
     * Applies records in the order of their partitions and keeps the offsets reached.
     *
     * @param entries consecutive records
     * @param epoch the making of the view that the caller works on
     * @return what the view did not know yet; nothing is applied when the view is of another epoch by now
     */
    public Applied apply(List<Entry> entries, String epoch) {
        List<Long> answers = send(entries, epoch);
        List<Fact> news = new ArrayList<>();
        for (int i = 0; i < entries.size(); i++) {
            if (answers.get(i) == CHANGED) {
                entries.get(i).fact().ifPresent(news::add);
            }
        }
        return new Applied(news, !answers.contains(OTHER_EPOCH));
    }

    /** What is known about a job; {@link JobFacts#NONE} when nothing is. */
    public JobFacts find(JobId id) {
        return FactFields.read(redis.hgetAll(RedisKeys.job(id)));
    }

    /** What is known about several jobs, in the given order. */
    public List<JobFacts> find(List<JobId> ids) {
        List<Response<Map<String, String>>> answers = new ArrayList<>();
        try (AbstractPipeline pipeline = redis.pipelined()) {
            ids.forEach(id -> answers.add(pipeline.hgetAll(RedisKeys.job(id))));
            pipeline.sync();
        }
        return answers.stream().map(answer -> FactFields.read(answer.get())).toList();
    }

    /** Next offset to apply, by {@code topic/partition}. */
    public Map<String, Long> offsets() {
        Map<String, Long> offsets = new HashMap<>();
        redis.hgetAll(ViewKeys.OFFSETS).forEach((partition, next) -> offsets.put(partition, Long.parseLong(next)));
        return offsets;
    }

    private List<Long> send(List<Entry> entries, String epoch) {
        try {
            return trySend(entries, epoch);
        } catch (JedisNoScriptException e) {
            sha = Optional.empty();
            return trySend(entries, epoch);
        }
    }

    private List<Long> trySend(List<Entry> entries, String epoch) {
        String script = sha.orElseGet(() -> redis.scriptLoad(SCRIPT));
        sha = Optional.of(script);
        List<Response<Object>> answers = new ArrayList<>();
        try (AbstractPipeline pipeline = redis.pipelined()) {
            for (Entry entry : entries) {
                answers.add(pipeline.evalsha(script, entry.keys(), entry.arguments(epoch, retention)));
            }
            pipeline.sync();
        }
        return answers.stream().map(answer -> (Long) answer.get()).toList();
    }

    private static String script() {
        try (InputStream in = ViewStore.class.getResourceAsStream("apply.lua")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * What came of applying records.
     *
     * @param news facts that the view did not know yet, told to one gateway only
     * @param current whether the view still is of the caller's epoch
     */
    public record Applied(List<Fact> news, boolean current) {}

    /**
     * A record to apply.
     *
     * @param record where it stands
     * @param fact what it says; empty for a record that cannot be read, whose offset is passed all the same
     */
    public record Entry(RecordId record, Optional<Fact> fact) {

        static Entry of(Fact fact) {
            RecordId record =
                    switch (fact) {
                        case Fact.Queued queued -> queued.record();
                        case Fact.Happened happened ->
                            new RecordId(
                                    Topics.EVENTS,
                                    happened.position().partition(),
                                    happened.position().offset());
                    };
            return new Entry(record, Optional.of(fact));
        }

        private List<String> keys() {
            String job = fact.map(known -> RedisKeys.job(known.jobId())).orElse(ViewKeys.PREFIX + "none");
            return List.of(job, ViewKeys.EPOCH, ViewKeys.OFFSETS, ViewKeys.ALL);
        }

        private List<String> arguments(String epoch, Duration retention) {
            return List.of(
                    epoch,
                    record.topic() + "/" + record.partition(),
                    Long.toString(record.offset()),
                    fact.map(known -> known.jobId().toString()).orElse(""),
                    ViewKeys.PREFIX,
                    Long.toString(retention.toSeconds()),
                    fact.map(Entry::kind).orElse("skip"),
                    fact.map(FactFields::json).orElse(""),
                    fact.map(Entry::model).orElse(""));
        }

        private static String kind(Fact fact) {
            return fact instanceof Fact.Queued ? "queued" : "event";
        }

        private static String model(Fact fact) {
            return fact instanceof Fact.Queued queued ? queued.job().spec().model() : "";
        }
    }
}
