package dev.genfleet.gateway.events;

import static org.assertj.core.api.Assertions.assertThat;

import dev.genfleet.event.EventType;
import dev.genfleet.event.Progress;
import dev.genfleet.gateway.view.Fact;
import dev.genfleet.gateway.view.JobFacts;
import dev.genfleet.gateway.view.JobView;
import dev.genfleet.gateway.view.JobWatch;
import dev.genfleet.gateway.view.Jobs;
import dev.genfleet.job.JobId;
import dev.genfleet.job.LeaseId;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class EventStreamTest {

    private final JobId id = JobId.next();
    private final LeaseId lease = LeaseId.next();
    private final ScriptedSource source = new ScriptedSource();
    private final List<String> told = new ArrayList<>();

    @Test
    void tellsEverythingUpToTheEnd() throws InterruptedException {
        source.then(Jobs.at(4, Jobs.leased(id, lease)));
        source.then(Jobs.at(6, Jobs.started(id, lease)));
        source.then(progress(lease, 10));
        source.then(progress(LeaseId.next(), 30));
        source.then(progress(lease, 20));
        source.then(Jobs.at(9, Jobs.succeeded(id, lease)));
        follow(Optional.empty());
        assertThat(told)
                .containsExactly(
                        "3-4 leased starting",
                        "3-6 started processing",
                        "3-6.10 progress",
                        "3-6.20 progress",
                        "3-9 succeeded succeeded");
    }

    @Test
    void resumesAfterADurableEvent() throws InterruptedException {
        source.now(Jobs.at(4, Jobs.leased(id, lease)), Jobs.at(6, Jobs.started(id, lease)));
        source.then(Jobs.at(9, Jobs.succeeded(id, lease)));
        follow(Optional.of("3-4"));
        assertThat(told).containsExactly("3-6 started processing", "3-9 succeeded succeeded");
    }

    @Test
    void resumesAfterProgress() throws InterruptedException {
        source.now(Jobs.at(4, Jobs.leased(id, lease)), Jobs.at(6, Jobs.started(id, lease)));
        source.then(progress(lease, 15));
        source.then(progress(lease, 25));
        source.then(Jobs.at(9, Jobs.succeeded(id, lease)));
        follow(Optional.of("3-6.20"));
        assertThat(told).containsExactly("3-6.25 progress", "3-9 succeeded succeeded");
    }

    @Test
    void aStreamOfAnEndedJobEndsAtOnce() throws InterruptedException {
        source.now(Jobs.at(4, Jobs.canceled(id)));
        follow(Optional.empty());
        follow(Optional.of("3-4"));
        assertThat(told).containsExactly("3-4 canceled canceled");
    }

    @Test
    void aQuietStreamBeatsEveryFifteenSeconds() throws InterruptedException {
        for (int look = 0; look < 10; look++) {
            source.quiet();
        }
        source.then(Jobs.at(4, Jobs.canceled(id)));
        follow(Optional.of("not an id"));
        assertThat(told).containsExactly("heartbeat", "heartbeat", "3-4 canceled canceled");
    }

    private void follow(Optional<String> lastEventId) throws InterruptedException {
        new EventStream(source, new Recorder(), StreamPosition.parse(lastEventId)).run();
    }

    private Progress progress(LeaseId from, int step) {
        return new Progress(id, from, step, 50, 1.0, Jobs.NOON);
    }

    private final class Recorder implements Listener {
        @Override
        public boolean listening() {
            return true;
        }

        @Override
        public void happened(StreamPosition at, EventType type, JobView view) {
            told.add(at.id() + " " + type.dottedName().substring("generation.".length()) + " "
                    + view.state().wireName());
        }

        @Override
        public void progressed(StreamPosition at, Progress progress) {
            told.add(at.id() + " progress");
        }

        @Override
        public void heartbeat() {
            told.add("heartbeat");
        }
    }

    /** Plays what happens, one thing at each wait. */
    private final class ScriptedSource implements Source {

        private final Deque<Object> script = new ArrayDeque<>();
        private JobFacts facts = JobFacts.NONE.with(Jobs.queued(Jobs.job(id), 0));

        void now(Fact... known) {
            for (Fact fact : known) {
                facts = facts.with(fact);
            }
        }

        void then(Object next) {
            script.add(next);
        }

        void quiet() {
            script.add("quiet");
        }

        @Override
        public JobFacts facts() {
            return facts;
        }

        @Override
        public Optional<Progress> latestProgress() {
            return Optional.empty();
        }

        @Override
        public JobWatch.Signal await(Duration longest) {
            return switch (script.removeFirst()) {
                case Progress progress -> new JobWatch.Signal(false, Optional.of(progress));
                case Fact fact -> {
                    now(fact);
                    yield new JobWatch.Signal(true, Optional.empty());
                }
                default -> new JobWatch.Signal(false, Optional.empty());
            };
        }
    }
}
