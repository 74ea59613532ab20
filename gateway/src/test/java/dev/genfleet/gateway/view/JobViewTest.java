package dev.genfleet.gateway.view;

import static org.assertj.core.api.Assertions.assertThat;

import dev.genfleet.job.JobId;
import dev.genfleet.job.LeaseId;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class JobViewTest {

    private final JobId id = JobId.next();
    private final LeaseId first = LeaseId.next();
    private final LeaseId second = LeaseId.next();

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void anyOrderAndAnyRepetitionGiveTheSameView(long seed) {
        Random random = new Random(seed);
        for (int round = 0; round < 400; round++) {
            List<Fact> facts = RandomFacts.of(id, random);
            assertThat(fold(RandomFacts.shuffled(facts, random)))
                    .as("%s", facts)
                    .isEqualTo(fold(facts));
        }
    }

    @Test
    void passesItsStatesInOrder() {
        assertThat(stateOf()).isEqualTo(JobState.QUEUED);
        assertThat(stateOf(Jobs.at(0, Jobs.leased(id, first)))).isEqualTo(JobState.STARTING);
        assertThat(stateOf(Jobs.at(0, Jobs.leased(id, first)), Jobs.at(1, Jobs.started(id, first))))
                .isEqualTo(JobState.PROCESSING);
    }

    @Test
    void firstTerminalEventWins() {
        JobView view = view(Jobs.at(5, Jobs.succeeded(id, first)), Jobs.at(2, Jobs.canceled(id)));
        assertThat(view.state()).isEqualTo(JobState.CANCELED);
        assertThat(view.history()).hasSize(1);
    }

    @Test
    void failureOfAnOverrunLeaseDoesNotCount() {
        JobView view = view(
                Jobs.at(0, Jobs.leased(id, first)),
                Jobs.at(1, Jobs.leased(id, second)),
                Jobs.at(2, Jobs.failed(id, first)));
        assertThat(view.state()).isEqualTo(JobState.STARTING);
        assertThat(view.lease()).contains(second);
        assertThat(view.attempts()).isEqualTo(2);
    }

    @Test
    void aLeaseThatEndedInGoodOrderLeavesTheJobQueuedAndIsNoAttempt() {
        Fact leased = Jobs.at(0, Jobs.leased(id, first));
        Fact started = Jobs.at(1, Jobs.started(id, first));
        Fact released = Jobs.at(2, Jobs.released(id, first));
        JobView view = view(leased, started, released);
        assertThat(view.state()).isEqualTo(JobState.QUEUED);
        assertThat(view.attempts()).isZero();
        assertThat(view.startedAt()).isPresent();
        assertThat(view(
                        leased,
                        started,
                        released,
                        Jobs.at(3, Jobs.started(id, first)),
                        Jobs.at(4, Jobs.released(id, first))))
                .isEqualTo(view);

        JobView again = view(leased, started, released, Jobs.at(3, Jobs.leased(id, second)));
        assertThat(again.state()).isEqualTo(JobState.STARTING);
        assertThat(again.attempts()).isEqualTo(1);
        assertThat(again.lease()).contains(second);
    }

    @Test
    void anOverrunLeaseReleasesNothing() {
        JobView view = view(
                Jobs.at(0, Jobs.leased(id, first)),
                Jobs.at(1, Jobs.leased(id, second)),
                Jobs.at(2, Jobs.released(id, first)));
        assertThat(view.state()).isEqualTo(JobState.STARTING);
        assertThat(view.attempts()).isEqualTo(2);
    }

    @Test
    void successOfAnOverrunLeaseCounts() {
        JobView view = view(
                Jobs.at(0, Jobs.leased(id, first)),
                Jobs.at(1, Jobs.leased(id, second)),
                Jobs.at(2, Jobs.succeeded(id, first)));
        assertThat(view.state()).isEqualTo(JobState.SUCCEEDED);
    }

    @Test
    void eventsBeforeTheJobsOwnRecordShowNothing() {
        assertThat(JobView.fold(JobFacts.NONE.with(Jobs.at(0, Jobs.leased(id, first)))))
                .isEmpty();
    }

    @Test
    void latestRecordOfARepublishedJobIsKept() {
        JobFacts facts = JobFacts.NONE.with(Jobs.queued(Jobs.job(id), 9)).with(Jobs.queued(Jobs.job(id), 4));
        assertThat(JobView.fold(facts).orElseThrow().record().offset()).isEqualTo(9);
    }

    private JobState stateOf(Fact... facts) {
        return view(facts).state();
    }

    private JobView view(Fact... facts) {
        JobFacts known = JobFacts.NONE.with(Jobs.queued(Jobs.job(id), 0));
        for (Fact fact : facts) {
            known = known.with(fact);
        }
        return JobView.fold(known).orElseThrow();
    }

    private static JobView fold(List<Fact> facts) {
        JobFacts known = JobFacts.NONE;
        for (Fact fact : facts) {
            known = known.with(fact);
        }
        return JobView.fold(known).orElseThrow();
    }
}
