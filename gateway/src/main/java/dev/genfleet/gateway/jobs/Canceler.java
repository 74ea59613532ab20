package dev.genfleet.gateway.jobs;

import dev.genfleet.control.CancelRequest;
import dev.genfleet.event.GenerationEvent;
import dev.genfleet.fault.ErrorCode;
import dev.genfleet.gateway.http.ProblemException;
import dev.genfleet.gateway.kafka.RecordLog;
import dev.genfleet.gateway.view.JobAwaiter;
import dev.genfleet.gateway.view.JobState;
import dev.genfleet.gateway.view.JobView;
import dev.genfleet.wire.RedisKeys;
import dev.genfleet.wire.TraceContext;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.HttpHeaders;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.jboss.logging.Logger;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.params.SetParams;

/**
 * Cancels jobs. Workers are told twice: by a flag, for those that take the job later, and by a message, for the one that runs it.
 * A job that nobody has taken ends at once; if a worker takes it in that moment, the first terminal event wins.
 */
@Singleton
final class Canceler {

    private static final Logger LOG = Logger.getLogger(Canceler.class);
    private static final Duration FLAG_KEPT = Duration.ofDays(1);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(2);

    private final RedisClient redis;
    private final RecordLog log;
    private final JobAwaiter awaiter;
    private final InstantSource clock = InstantSource.system();

    Canceler(RedisClient redis, RecordLog log, JobAwaiter awaiter) {
        this.redis = redis;
        this.log = log;
        this.awaiter = awaiter;
    }

    /**
     * Asks for the job's end.
     *
     * @return the job as it is shortly afterwards
     * @throws ProblemException when it has ended already, or when nobody can be told
     */
    JobView cancel(JobView view, HttpHeaders headers) {
        if (view.state().terminal()) {
            throw new ProblemException(
                    ErrorCode.JOB_ALREADY_TERMINAL,
                    "Job " + view.job().id() + " is " + view.state().wireName() + " already and cannot be canceled.");
        }
        TraceContext trace = TraceContext.of(
                Optional.ofNullable(headers.getHeaderString(TraceContext.TRACEPARENT)),
                Optional.ofNullable(headers.getHeaderString(TraceContext.TRACESTATE)));
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        redis.set(
                RedisKeys.cancel(view.job().id()),
                now.toString(),
                SetParams.setParams().ex(FLAG_KEPT.toSeconds()));
        log.ask(new CancelRequest(view.job().id(), now), trace);
        LOG.infof(
                "cancel asked job_id=%s state=%s", view.job().id(), view.state().wireName());
        if (view.state() != JobState.QUEUED) {
            return view;
        }
        log.tell(new GenerationEvent.Canceled(view.job().id(), Optional.empty(), now), trace);
        return awaiter.awaitEnd(view, LONGEST_WAIT);
    }
}
