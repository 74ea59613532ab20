package dev.genfleet.worker.view;

import dev.genfleet.event.EventType;
import dev.genfleet.job.JobId;
import dev.genfleet.wire.Json;
import dev.genfleet.wire.MalformedRecordException;
import dev.genfleet.wire.RedisKeys;
import dev.genfleet.worker.redis.RedisSession;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import redis.clients.jedis.UnifiedJedis;

/**
 * Reads the facts of a job from its Redis hash: field {@code terminal}, and one field {@code event:…} per event. Only {@code terminal} says
 * that a job ended: a failure told under a lease that is not the last one does not count.
 */
public final class RedisJobView implements JobView {

    private static final String TERMINAL = "terminal";
    private static final String EVENT = "event:";

    private final RedisSession redis;

    /** A view through that session. */
    public RedisJobView(RedisSession redis) {
        this.redis = redis;
    }

    @Override
    public History of(JobId job) {
        return redis.ask(jedis -> read(jedis, job)).orElseGet(History.Unknown::new);
    }

    private static History read(UnifiedJedis jedis, JobId job) {
        Map<String, String> facts = jedis.hgetAll(RedisKeys.job(job));
        List<EventType> events = facts.entrySet().stream()
                .filter(fact -> fact.getKey().startsWith(EVENT))
                .flatMap(fact -> typeOf(fact.getValue()))
                .toList();
        return new History.Known(
                facts.containsKey(TERMINAL),
                jedis.exists(RedisKeys.cancel(job)),
                events.contains(EventType.STARTED),
                (int) events.stream().filter(type -> type == EventType.LEASED).count());
    }

    private static Stream<EventType> typeOf(String fact) {
        try {
            return Json.read(fact.getBytes(StandardCharsets.UTF_8), Fact.class).type().stream()
                    .flatMap(RedisJobView::typeNamed);
        } catch (MalformedRecordException e) {
            return Stream.empty();
        }
    }

    private static Stream<EventType> typeNamed(String name) {
        return Stream.of(EventType.values())
                .filter(type -> type.name().equalsIgnoreCase(name)
                        || Objects.equals(type.dottedName(), name)
                        || Objects.equals(type.ceType(), name));
    }

    /** The part of a fact that matters here. */
    record Fact(Optional<String> type) {
        Fact {
            type = type == null ? Optional.empty() : type;
        }
    }
}
