package dev.genfleet.gateway.view;

import dev.genfleet.job.JobId;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.params.ZRangeParams;

/** Jobs in order of creation. Every method throws {@code JedisException} when Redis does not answer. */
@Singleton
public final class JobIndex {

    private static final int CHUNK = 100;

    private final RedisClient redis;
    private final ViewStore store;

    public JobIndex(RedisClient redis, ViewStore store) {
        this.redis = redis;
        this.store = store;
    }

    /**
     * Jobs, newest first.
     *
     * @param filter which jobs
     * @param before only jobs older than this one
     * @param limit most jobs of the answer, from 1
     */
    public List<JobView> newest(Filter filter, Optional<JobId> before, int limit) {
        List<JobView> found = new ArrayList<>();
        Optional<JobId> from = before;
        while (found.size() < limit) {
            List<JobId> ids = idsBefore(filter.key(), from);
            store.find(ids).stream()
                    .flatMap(facts -> JobView.fold(facts).stream())
                    .filter(filter::matches)
                    .limit(limit - (long) found.size())
                    .forEach(found::add);
            if (ids.size() < CHUNK) {
                break;
            }
            from = Optional.of(ids.getLast());
        }
        return found;
    }

    /** Shows every job in a state to {@code visitor}, oldest first. */
    public void forEach(JobState state, Consumer<JobView> visitor) {
        String from = "-";
        while (true) {
            List<JobId> ids =
                    redis
                            .zrange(
                                    ViewKeys.ofState(state),
                                    ZRangeParams.zrangeByLexParams(from, "+").limit(0, CHUNK))
                            .stream()
                            .map(JobId::parse)
                            .toList();
            store.find(ids).stream()
                    .flatMap(facts -> JobView.fold(facts).stream())
                    .forEach(visitor);
            if (ids.size() < CHUNK) {
                return;
            }
            from = "(" + ids.getLast();
        }
    }

    /** How many jobs wait on the same topic before this one. */
    public int waitingBefore(JobView view) {
        return (int) redis.zlexcount(
                ViewKeys.waiting(view.record().topic()), "-", "(" + view.job().id());
    }

    private List<JobId> idsBefore(String key, Optional<JobId> before) {
        String start = before.map(id -> "(" + id).orElse("+");
        return redis
                .zrange(key, ZRangeParams.zrangeByLexParams(start, "-").rev().limit(0, CHUNK))
                .stream()
                .map(JobId::parse)
                .toList();
    }

    /**
     * Which jobs a list shows.
     *
     * @param state only jobs in this state
     * @param model only jobs of this model
     */
    public record Filter(Optional<JobState> state, Optional<String> model) {

        private String key() {
            return state.map(ViewKeys::ofState)
                    .or(() -> model.map(ViewKeys::ofModel))
                    .orElse(ViewKeys.ALL);
        }

        private boolean matches(JobView view) {
            return state.filter(wanted -> view.state() != wanted).isEmpty()
                    && model.filter(wanted -> !view.job().spec().model().equals(wanted))
                            .isEmpty();
        }
    }
}
