package dev.genfleet.worker.view;

import dev.genfleet.event.EventType;
import dev.genfleet.job.JobId;
import dev.genfleet.wire.Json;
import dev.genfleet.wire.MalformedRecordException;
import dev.genfleet.wire.RedisKeys;
import dev.genfleet.worker.redis.RedisSession;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
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
        List<Fact> events = facts.entrySet().stream()
                .filter(fact -> fact.getKey().startsWith(EVENT))
                .flatMap(fact -> read(fact.getValue()))
                .toList();
        Set<String> leased = leases(events, EventType.LEASED);
        // The worker's own note may be there before the view has the event.
        Set<String> putAside = leases(events, EventType.RELEASED);
        putAside.addAll(jedis.smembers(RedisKeys.released(job)));
        putAside.retainAll(leased);
        return new History.Known(
                facts.containsKey(TERMINAL),
                jedis.exists(RedisKeys.cancel(job)),
                events.stream().anyMatch(event -> event.isOf(EventType.STARTED)),
                leased.size() - putAside.size(),
                putAside.size());
    }

    private static Set<String> leases(List<Fact> events, EventType type) {
        return events.stream()
                .filter(event -> event.isOf(type))
                .flatMap(event -> event.data().stream())
                .flatMap(data -> data.leaseId().stream())
                .collect(Collectors.toCollection(HashSet::new));
    }

    private static Stream<Fact> read(String fact) {
        try {
            return Stream.of(Json.read(fact.getBytes(StandardCharsets.UTF_8), Fact.class));
        } catch (MalformedRecordException e) {
            return Stream.empty();
        }
    }

    /** The part of a fact that matters here. */
    record Fact(Optional<String> type, Optional<Data> data) {
        Fact {
            type = type == null ? Optional.empty() : type;
            data = data == null ? Optional.empty() : data;
        }

        boolean isOf(EventType wanted) {
            return type.filter(name -> wanted.name().equalsIgnoreCase(name)
                            || Objects.equals(wanted.dottedName(), name)
                            || Objects.equals(wanted.ceType(), name))
                    .isPresent();
        }
    }

    /** The part of an event that matters here. */
    record Data(Optional<String> leaseId) {
        Data {
            leaseId = leaseId == null ? Optional.empty() : leaseId;
        }
    }
}
