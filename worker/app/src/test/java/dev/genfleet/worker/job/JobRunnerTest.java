package dev.genfleet.worker.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.genfleet.engine.Checkpoint;
import dev.genfleet.event.EventType;
import dev.genfleet.event.GenerationEvent;
import dev.genfleet.event.Progress;
import dev.genfleet.fault.ErrorCode;
import dev.genfleet.job.JobId;
import dev.genfleet.job.QueuedJob;
import dev.genfleet.worker.artifact.Uploads;
import dev.genfleet.worker.checkpoint.CheckpointStore;
import dev.genfleet.worker.lease.Attempt;
import dev.genfleet.worker.lease.JobRecord;
import dev.genfleet.worker.lease.LeaseOutcome;
import dev.genfleet.worker.metrics.JobCounts;
import dev.genfleet.worker.metrics.JobCounts.Ending;
import dev.genfleet.worker.progress.ProgressReporter;
import dev.genfleet.worker.redis.RedisSession;
import dev.genfleet.worker.testing.FolderlessStore;
import dev.genfleet.worker.testing.ManualClock;
import dev.genfleet.worker.testing.RecordedJournal;
import dev.genfleet.worker.testing.RecordedJournal.Mood;
import dev.genfleet.worker.testing.SampleJobs;
import dev.genfleet.worker.testing.ScriptedGenerator;
import dev.genfleet.worker.testing.ScriptedGenerator.ScriptedRun;
import dev.genfleet.worker.view.History;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class JobRunnerTest {

    private static final Patience PATIENCE =
            new Patience(5, Duration.ofMillis(200), Duration.ofSeconds(2), Duration.ofSeconds(30));

    private final ManualClock clock = new ManualClock(SampleJobs.CREATED.plusSeconds(1));
    private final RecordedJournal journal = new RecordedJournal();
    private final ScriptedGenerator engine = new ScriptedGenerator();
    private final FolderlessStore store = new FolderlessStore();
    private final FolderlessStore shelf = new FolderlessStore();
    private final RedisSession noRedis = RedisSession.open(URI.create("redis://127.0.0.1:1"), clock);
    private final CheckpointStore checkpoints = new CheckpointStore(noRedis, shelf, 0, clock);
    private final Uploads uploads = new Uploads(store, 4, List.of(Duration.ZERO));
    private final List<Progress> told = new CopyOnWriteArrayList<>();
    private final ProgressReporter progress = new ProgressReporter(told::add, clock);
    private final RunningJobs running = new RunningJobs();
    private final JobCounts counts = new JobCounts();
    private final QueuedJob job = SampleJobs.job("default");
    private History history = new History.Known(false, false, false, 0, 0);

    private final JobRunner runner = new JobRunner(
            "w-1",
            PATIENCE,
            new Departments(
                    asked -> history,
                    engine,
                    uploads,
                    journal,
                    journal,
                    checkpoints,
                    progress,
                    running,
                    counts,
                    clock));

    @AfterEach
    void close() {
        uploads.close();
        progress.close();
        checkpoints.close();
        noRedis.close();
    }

    @Test
    void a_job_runs_from_lease_to_success() throws Exception {
        Attempt attempt = begin(1);
        assertThat(running.count()).isEqualTo(1);
        engine.next().complete();

        assertThat(outcome(attempt)).isEqualTo(LeaseOutcome.accept());
        assertThat(types()).containsExactly(EventType.LEASED, EventType.STARTED, EventType.SUCCEEDED);
        assertThat(journal.events())
                .extracting(GenerationEvent::lease)
                .containsOnly(journal.events().getFirst().lease());
        assertThat(store.objects()).hasSize(1);
        assertThat(running.count()).isZero();
        assertThat(counts.of(Ending.SUCCEEDED)).isEqualTo(1);
    }

    @Test
    void the_record_is_not_settled_before_the_terminal_event_is_acknowledged() throws Exception {
        Attempt attempt = begin(1);
        ScriptedRun run = engine.next().steps(1, 4);
        journal.become(Mood.HOLDS);
        run.stopAt(4);
        assertThat(attempt.outcome()).isNotDone();
        journal.acknowledgeHeld();
        assertThat(outcome(attempt)).isEqualTo(LeaseOutcome.accept());
    }

    @Test
    void a_job_whose_end_cannot_be_told_is_given_back() throws Exception {
        Attempt attempt = begin(1);
        ScriptedRun run = engine.next().steps(1, 4);
        journal.become(Mood.REFUSES);
        run.finish();
        assertThat(outcome(attempt)).isEqualTo(LeaseOutcome.releaseAfter(PATIENCE.retryPause()));
    }

    @Test
    void a_job_whose_lease_cannot_be_told_does_not_run() throws Exception {
        journal.become(Mood.HOLDS);
        assertThat(outcome(begin(1))).isEqualTo(LeaseOutcome.releaseAfter(PATIENCE.retryPause()));
        assertThat(engine.isIdle()).isTrue();
    }

    @Test
    void a_fault_of_the_job_itself_fails_it_for_good() throws Exception {
        Attempt attempt = begin(1);
        engine.next().steps(1, 1).fail(ErrorCode.NUMERICAL_FAULT);
        assertThat(outcome(attempt)).isEqualTo(LeaseOutcome.accept());
        assertThat(journal.events().getLast()).isInstanceOfSatisfying(GenerationEvent.Failed.class, failed -> {
            assertThat(failed.code()).isEqualTo(ErrorCode.NUMERICAL_FAULT);
            assertThat(failed.detail()).isEqualTo("The script says so.");
            assertThat(failed.lease()).isEqualTo(journal.events().getFirst().lease());
        });
        assertThat(journal.burialReasons()).containsExactly("The script says so.");
    }

    @Test
    void a_fault_of_this_worker_leaves_the_job_to_another() throws Exception {
        Attempt attempt = begin(1);
        engine.next().fail(ErrorCode.DEVICE_UNAVAILABLE);
        assertThat(outcome(attempt)).isEqualTo(LeaseOutcome.releaseAfter(PATIENCE.retryPause()));
        assertThat(types()).containsExactly(EventType.LEASED);
    }

    @Test
    void the_last_attempt_says_why_it_ended() throws Exception {
        history = new History.Known(false, false, false, 4, 0);
        Attempt attempt = begin(5);
        engine.next().fail(ErrorCode.MODEL_UNAVAILABLE);
        assertThat(outcome(attempt)).isEqualTo(LeaseOutcome.accept());
        assertThat(journal.events().getLast()).isInstanceOfSatisfying(GenerationEvent.Failed.class, failed -> {
            assertThat(failed.code()).isEqualTo(ErrorCode.ATTEMPTS_EXHAUSTED);
            assertThat(failed.detail())
                    .isEqualTo("Job " + job.id() + " was tried 5 times without a result, but is tried 5 times at most."
                            + " The last time: The script says so.");
        });
        assertThat(journal.burialReasons()).singleElement().asString().endsWith("The script says so.");
    }

    @Test
    void a_storage_that_stays_away_leaves_the_job_to_another() throws Exception {
        store.failNext(2);
        Attempt attempt = begin(1);
        engine.next().complete();
        assertThat(outcome(attempt)).isEqualTo(LeaseOutcome.releaseAfter(PATIENCE.retryPause()));
        assertThat(types()).containsExactly(EventType.LEASED, EventType.STARTED);
    }

    @Test
    void a_running_job_stops_when_its_caller_cancels() throws Exception {
        Attempt attempt = begin(1);
        ScriptedRun run = engine.next().steps(1, 2);
        running.cancel(JobId.next());
        assertThat(run.isCanceledWithin(Duration.ZERO)).isFalse();
        running.cancel(job.id());
        assertThat(run.isCanceledWithin(Duration.ZERO)).isTrue();
        run.stopAt(2);
        assertThat(outcome(attempt)).isEqualTo(LeaseOutcome.accept());
        assertThat(types()).containsExactly(EventType.LEASED, EventType.STARTED, EventType.CANCELED);
    }

    @Test
    void a_job_whose_deadline_passes_before_its_first_step_expires_under_its_lease() throws Exception {
        Attempt attempt = begin(1);
        engine.next().expire();
        assertThat(outcome(attempt)).isEqualTo(LeaseOutcome.accept());
        assertThat(types()).containsExactly(EventType.LEASED, EventType.EXPIRED);
        assertThat(journal.events().getLast().lease())
                .isEqualTo(journal.events().getFirst().lease());
        assertThat(counts.of(Ending.EXPIRED)).isEqualTo(1);
        assertThat(running.count()).isZero();
    }

    @Test
    void an_abandoned_attempt_says_nothing_about_expiry() throws Exception {
        Attempt attempt = begin(1);
        ScriptedRun run = engine.next();
        attempt.abandon("the lease was lost");
        run.expire();
        assertThat(outcome(attempt)).isEqualTo(LeaseOutcome.release());
        assertThat(types()).containsExactly(EventType.LEASED);
    }

    @Test
    void an_abandoned_attempt_says_nothing_about_failure_about_failure_or_cancellation() throws Exception {
        Attempt attempt = begin(1);
        ScriptedRun run = engine.next().steps(1, 1);
        attempt.abandon("the lease was lost");
        assertThat(run.isCanceledWithin(Duration.ZERO)).isTrue();
        run.steps(2, 2).stopAt(2);
        assertThat(outcome(attempt)).isEqualTo(LeaseOutcome.release());
        assertThat(types()).containsExactly(EventType.LEASED, EventType.STARTED);
    }

    @Test
    void an_abandoned_attempt_that_has_its_pictures_still_tells_the_success() throws Exception {
        Attempt attempt = begin(1);
        ScriptedRun run = engine.next().steps(1, 4);
        attempt.abandon("the lease was lost");
        run.finish();
        uploads.close();
        assertThat(types()).containsExactly(EventType.LEASED, EventType.STARTED, EventType.SUCCEEDED);
    }

    @Test
    void a_job_that_is_put_aside_says_so_before_its_record_is_released_and_goes_on_where_it_was() throws Exception {
        Attempt attempt = begin(1);
        ScriptedRun run = engine.next().steps(1, 2);
        attempt.suspend("the worker stops");
        assertThat(run.isSuspendedWithin(Duration.ZERO)).isTrue();
        assertThat(attempt.outcome()).isNotDone();
        run.suspendAt(2);
        assertThat(outcome(attempt)).isEqualTo(LeaseOutcome.release());
        assertThat(types()).containsExactly(EventType.LEASED, EventType.STARTED, EventType.RELEASED);
        assertThat(journal.events().getLast()).isInstanceOfSatisfying(GenerationEvent.Released.class, released -> {
            assertThat(released.step()).isEqualTo(2);
            assertThat(released.reason()).isEqualTo("the worker stops");
            assertThat(released.lease()).isEqualTo(journal.events().getFirst().lease());
        });
        assertThat(counts.of(Ending.SUSPENDED)).isEqualTo(1);

        Attempt again = begin(2);
        ScriptedRun resumed = engine.next();
        Checkpoint from = resumed.generation().checkpoint().orElseThrow();
        assertThat(from.step()).isEqualTo(2);
        resumed.steps(3, 4).finish();
        assertThat(outcome(again)).isEqualTo(LeaseOutcome.accept());
        assertThat(journal.events().getLast())
                .isInstanceOfSatisfying(GenerationEvent.Succeeded.class, succeeded -> assertThat(succeeded.steps())
                        .isEqualTo(2));
        checkpoints.close();
        assertThat(shelf.objects()).isEmpty();
    }

    @Test
    void a_killed_attempt_leaves_its_last_checkpoint() throws Exception {
        begin(1);
        engine.next().steps(1, 3).checkpoint(3);
        Attempt heir = awaitKept(() -> begin(2));
        ScriptedRun resumed = engine.next();
        assertThat(resumed.generation().checkpoint())
                .hasValueSatisfying(from -> assertThat(from.step()).isEqualTo(3));
        resumed.stopAt(3);
        assertThat(outcome(heir)).isEqualTo(LeaseOutcome.accept());
    }

    @Test
    void a_first_attempt_looks_for_no_checkpoint() throws Exception {
        shelf.failNext(Integer.MAX_VALUE);
        begin(1);
        assertThat(engine.next().generation().checkpoint()).isEmpty();
    }

    @Test
    void a_job_whose_checkpoint_cannot_be_kept_is_put_aside_all_the_same() throws Exception {
        shelf.failNext(Integer.MAX_VALUE);
        Attempt attempt = begin(1);
        ScriptedRun run = engine.next().steps(1, 1).checkpoint(1);
        attempt.suspend("the worker stops");
        run.suspendAt(1);
        assertThat(outcome(attempt)).isEqualTo(LeaseOutcome.release());
        assertThat(types()).endsWith(EventType.RELEASED);
        begin(2);
        assertThat(engine.next().generation().checkpoint()).isEmpty();
    }

    @Test
    void a_job_that_kafka_does_not_hear_about_is_given_back() throws Exception {
        Attempt attempt = begin(1);
        ScriptedRun run = engine.next().steps(1, 1);
        journal.become(Mood.REFUSES);
        attempt.suspend("the worker stops");
        run.suspendAt(1);
        assertThat(outcome(attempt)).isEqualTo(LeaseOutcome.releaseAfter(PATIENCE.retryPause()));
        assertThat(counts.of(Ending.RELEASED)).isEqualTo(1);
    }

    @Test
    void an_attempt_that_is_put_aside_before_its_lease_is_told_does_not_run() throws Exception {
        journal.become(Mood.HOLDS);
        Attempt attempt = begin(1);
        attempt.suspend("the worker stops");
        journal.become(Mood.ACKNOWLEDGES);
        journal.acknowledgeHeld();
        assertThat(outcome(attempt)).isEqualTo(LeaseOutcome.release());
        assertThat(types()).containsExactly(EventType.LEASED, EventType.RELEASED);
        assertThat(engine.isIdle()).isTrue();
    }

    @Test
    void an_abandoned_attempt_is_not_put_aside() throws Exception {
        Attempt attempt = begin(1);
        ScriptedRun run = engine.next().steps(1, 1);
        attempt.suspend("the worker stops");
        attempt.abandon("the lease was lost");
        run.suspendAt(1);
        assertThat(outcome(attempt)).isEqualTo(LeaseOutcome.release());
        assertThat(types()).containsExactly(EventType.LEASED, EventType.STARTED);
    }

    @Test
    void what_ends_a_job_before_it_runs_is_told_without_a_lease() throws Exception {
        history = new History.Known(false, true, false, 0, 0);
        assertThat(outcome(begin(1))).isEqualTo(LeaseOutcome.accept());
        history = new History.Known(false, false, false, 5, 0);
        assertThat(outcome(begin(1))).isEqualTo(LeaseOutcome.accept());
        history = new History.Known(true, false, false, 1, 0);
        assertThat(outcome(begin(1))).isEqualTo(LeaseOutcome.accept());

        assertThat(types()).containsExactly(EventType.CANCELED, EventType.FAILED);
        assertThat(journal.events())
                .allSatisfy(event -> assertThat(event.lease()).isEmpty());
        assertThat(journal.burialReasons()).singleElement().asString().contains("was tried 5 times");
        assertThat(engine.isIdle()).isTrue();
    }

    @Test
    void a_record_that_is_no_job_is_buried_and_settled() throws Exception {
        ProducerRecord<byte[], byte[]> record =
                new ProducerRecord<>("generation-jobs.default.batch", "{".getBytes(StandardCharsets.UTF_8));
        assertThat(outcome(runner.begin(SampleJobs.delivered(record, 1)))).isEqualTo(LeaseOutcome.accept());
        assertThat(journal.burialReasons()).hasSize(1);
        assertThat(journal.events()).isEmpty();
    }

    @Test
    void a_record_of_a_newer_version_waits() throws Exception {
        ProducerRecord<byte[], byte[]> record = SampleJobs.record("generation-jobs.default.batch", job);
        record.headers()
                .remove("ce_type")
                .add("ce_type", "genfleet.generation.queued.v9".getBytes(StandardCharsets.UTF_8));
        assertThat(outcome(runner.begin(SampleJobs.delivered(record, 1))))
                .isEqualTo(LeaseOutcome.releaseAfter(PATIENCE.newerPause()));
        assertThat(journal.burialReasons()).isEmpty();
    }

    private Attempt begin(int deliveries) {
        JobRecord record = SampleJobs.delivered(job, deliveries);
        return runner.begin(record);
    }

    /** Once the checkpoint that was just told lies on the shelf. */
    private Attempt awaitKept(Supplier<Attempt> next) {
        while (shelf.objects().isEmpty()) {
            Thread.onSpinWait();
        }
        return next.get();
    }

    private List<EventType> types() {
        return journal.events().stream().map(GenerationEvent::type).toList();
    }

    private static LeaseOutcome outcome(Attempt attempt) throws Exception {
        return attempt.outcome().get(5, TimeUnit.SECONDS);
    }
}
