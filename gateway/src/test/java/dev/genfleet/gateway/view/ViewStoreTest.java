package dev.genfleet.gateway.view;

import static org.assertj.core.api.Assertions.assertThat;

import dev.genfleet.job.JobId;
import dev.genfleet.job.LeaseId;
import dev.genfleet.wire.RedisKeys;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ViewStoreTest {

    @RegisterExtension
    static final RedisView REDIS = new RedisView();

    private final ViewStore store = REDIS.store();
    private final ViewEpoch epochs = new ViewEpoch(REDIS.client());
    private final JobIndex index = new JobIndex(REDIS.client(), store);

    @BeforeEach
    void flush() {
        REDIS.client().flushAll();
    }

    @ParameterizedTest
    @ValueSource(longs = {11, 12, 13})
    void scriptAndFoldAgreeInAnyOrder(long seed) {
        Random random = new Random(seed);
        for (int round = 0; round < 60; round++) {
            JobId id = JobId.next();
            List<Fact> facts = RandomFacts.of(id, random);
            JobFacts expected = JobFacts.NONE;
            for (Fact fact : facts) {
                expected = expected.with(fact);
            }
            RandomFacts.shuffled(facts, random).forEach(store::apply);

            JobView view = JobView.fold(expected).orElseThrow();
            assertThat(JobView.fold(store.find(id))).contains(view);
            assertThat(REDIS.client().hget(RedisKeys.job(id), "state"))
                    .isEqualTo(view.state().wireName());
            assertThat(Optional.ofNullable(REDIS.client().hget(RedisKeys.job(id), "terminal")))
                    .isEqualTo(
                            view.end().map(end -> view.lastPosition().toString().replace('-', ':') + ":" + end.type()));
            assertThat(index.newest(only(view.state()), Optional.empty(), 1000))
                    .extracting(found -> found.job().id())
                    .contains(id);
        }
    }

    @Test
    void listsNewestFirstAndPages() {
        List<JobId> ids = new ArrayList<>();
        for (int i = 0; i < 7; i++) {
            JobId id = JobId.next();
            ids.addFirst(id);
            store.apply(Jobs.queued(Jobs.job(id), i));
        }
        JobIndex.Filter all = new JobIndex.Filter(Optional.empty(), Optional.empty());
        assertThat(ids(index.newest(all, Optional.empty(), 3))).isEqualTo(ids.subList(0, 3));
        assertThat(ids(index.newest(all, Optional.of(ids.get(2)), 10))).isEqualTo(ids.subList(3, 7));
        JobView third = JobView.fold(store.find(ids.get(4))).orElseThrow();
        assertThat(index.waitingBefore(third)).isEqualTo(2);
    }

    @Test
    void aJobThatWasTakenWaitsNoMore() {
        JobId id = JobId.next();
        store.apply(Jobs.queued(Jobs.job(id), 0));
        store.apply(Jobs.at(0, Jobs.leased(id, LeaseId.next())));
        JobId later = JobId.next();
        store.apply(Jobs.queued(Jobs.job(later), 1));
        assertThat(index.waitingBefore(JobView.fold(store.find(later)).orElseThrow()))
                .isZero();
        assertThat(ids(index.newest(only(JobState.QUEUED), Optional.empty(), 9)))
                .containsExactly(later);
    }

    @Test
    void aJobThatWasPutAsideWaitsAgain() {
        JobId id = JobId.next();
        LeaseId lease = LeaseId.next();
        store.apply(Jobs.queued(Jobs.job(id), 0));
        store.apply(Jobs.at(0, Jobs.leased(id, lease)));
        store.apply(Jobs.at(1, Jobs.released(id, lease)));
        JobId later = JobId.next();
        store.apply(Jobs.queued(Jobs.job(later), 1));
        assertThat(index.waitingBefore(JobView.fold(store.find(later)).orElseThrow()))
                .isEqualTo(1);
        assertThat(ids(index.newest(only(JobState.QUEUED), Optional.empty(), 9)))
                .containsExactly(later, id);
    }

    @Test
    void offsetsAreKeptWithinTheirEpochOnly() {
        String epoch = epochs.begin().orElseThrow();
        Fact.Queued queued = Jobs.queued(Jobs.job(JobId.next()), 41);
        assertThat(store.apply(List.of(ViewStore.Entry.of(queued)), epoch))
                .isEqualTo(new ViewStore.Applied(List.of(queued), true));
        assertThat(store.apply(List.of(ViewStore.Entry.of(queued)), epoch))
                .isEqualTo(new ViewStore.Applied(List.of(), true));
        assertThat(store.offsets()).isEqualTo(new TreeMap<>(Map.of(Jobs.TOPIC + "/3", 42L)));

        REDIS.client().flushAll();
        assertThat(epochs.current()).isEmpty();
        assertThat(store.apply(List.of(ViewStore.Entry.of(queued)), epoch).current())
                .isFalse();
        assertThat(store.find(queued.jobId())).isEqualTo(JobFacts.NONE);
        assertThat(epochs.begin().orElseThrow()).isNotEqualTo(epoch);
        assertThat(store.offsets()).isEmpty();
    }

    @Test
    void droppingTakesTheViewAndNothingElse() {
        epochs.begin();
        store.apply(Jobs.queued(Jobs.job(JobId.next()), 0));
        REDIS.client().set(RedisKeys.idempotency("00"), "claim");
        assertThat(RebuildView.drop(REDIS.client())).isEqualTo(1);
        assertThat(REDIS.client().keys("*")).containsExactly(RedisKeys.idempotency("00"));
    }

    private static JobIndex.Filter only(JobState state) {
        return new JobIndex.Filter(Optional.of(state), Optional.empty());
    }

    private static List<JobId> ids(List<JobView> views) {
        return views.stream().map(view -> view.job().id()).toList();
    }
}
