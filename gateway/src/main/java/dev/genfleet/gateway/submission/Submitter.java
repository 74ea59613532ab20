package dev.genfleet.gateway.submission;

import dev.genfleet.fault.ErrorCode;
import dev.genfleet.gateway.http.ProblemException;
import dev.genfleet.gateway.kafka.RecordLog;
import dev.genfleet.gateway.view.Fact;
import dev.genfleet.gateway.view.JobFacts;
import dev.genfleet.gateway.view.JobReader;
import dev.genfleet.gateway.view.JobView;
import dev.genfleet.gateway.view.Lookup;
import dev.genfleet.gateway.view.ViewStore;
import dev.genfleet.job.QueuedJob;
import dev.genfleet.wire.TraceContext;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;
import org.jboss.logging.Logger;
import redis.clients.jedis.exceptions.JedisException;

/** Makes a job durable: claim, Kafka's acknowledgement, the view. Any thread. */
@Singleton
final class Submitter {

    private static final Logger LOG = Logger.getLogger(Submitter.class);

    private final JobMaker maker;
    private final Claims claims;
    private final RecordLog log;
    private final ViewStore store;
    private final JobReader reader;
    private final MeterRegistry meters;

    Submitter(JobMaker maker, Claims claims, RecordLog log, ViewStore store, JobReader reader, MeterRegistry meters) {
        this.maker = maker;
        this.claims = claims;
        this.log = log;
        this.store = store;
        this.reader = reader;
        this.meters = meters;
    }

    /**
     * Submits what a body asks for.
     *
     * @return the job, which Kafka has
     * @throws ProblemException when the request is wrong or Kafka does not acknowledge
     */
    JobView submit(byte[] body, SubmitHeaders headers) {
        QueuedJob job = maker.make(body, headers);
        if (job.idempotency().isPresent()) {
            QueuedJob holder = claims.claim(job);
            if (!holder.id().equals(job.id())) {
                return repeat(holder, headers.trace());
            }
        }
        return publish(job, headers.trace());
    }

    /** A repeat finds the job, or publishes it when the first submitter claimed the key and got no further. */
    private JobView repeat(QueuedJob holder, TraceContext trace) {
        return switch (reader.find(holder.id())) {
            case Lookup.Found found -> found.view();
            case Lookup.Unknown ignored -> publish(holder, trace);
            case Lookup.Rebuilding ignored ->
                throw new ProblemException(
                        ErrorCode.UNAVAILABLE, "The view of jobs is being rebuilt; repeat the request shortly.");
        };
    }

    private JobView publish(QueuedJob job, TraceContext trace) {
        Fact.Queued queued = log.queue(job, trace);
        meters.counter(
                        "genfleet.jobs.submitted",
                        "model",
                        job.spec().model(),
                        "priority",
                        job.priority().wireName())
                .increment();
        LOG.infof(
                "submitted job_id=%s model=%s trace_id=%s", job.id(), job.spec().model(), trace.traceId());
        try {
            store.apply(queued);
        } catch (JedisException e) {
            LOG.warnf("view not updated, the projector will job_id=%s error=%s", job.id(), e);
        }
        return JobView.fold(JobFacts.NONE.with(queued)).orElseThrow();
    }
}
