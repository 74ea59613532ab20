package dev.genfleet.worker.lease;

import dev.genfleet.job.JobId;
import dev.genfleet.job.QueuedJob;
import dev.genfleet.wire.CloudEventCodec;
import dev.genfleet.wire.MalformedRecordException;
import dev.genfleet.wire.NewerVersionException;
import dev.genfleet.wire.TraceContext;
import io.cloudevents.CloudEvent;
import io.cloudevents.kafka.KafkaMessageFactory;
import io.cloudevents.rw.CloudEventRWException;
import java.util.Optional;

/** Reads records of jobs topics. Stateless; never throws, whatever the bytes are. */
public final class RecordReader {

    private RecordReader() {}

    /** What the record is. */
    public static Reading read(JobRecord record) {
        try {
            CloudEvent event = KafkaMessageFactory.createReader(record.source()).toEvent();
            QueuedJob job = CloudEventCodec.readQueued(event);
            if (!record.key().equals(Optional.of(job.id().toString()))) {
                return unreadable(
                        record,
                        "the record's key is '" + record.key().orElse("") + "', but must be the job's id " + job.id());
            }
            return new Reading.Job(
                    job,
                    TraceContext.of(record.header(TraceContext.TRACEPARENT), record.header(TraceContext.TRACESTATE)));
        } catch (NewerVersionException e) {
            return new Reading.Newer(e.getMessage());
        } catch (MalformedRecordException e) {
            return unreadable(record, e.getMessage());
        } catch (CloudEventRWException | IllegalStateException | IllegalArgumentException e) {
            return unreadable(record, "the record is no CloudEvent in binary mode: " + e.getMessage());
        }
    }

    private static Reading unreadable(JobRecord record, String reason) {
        return new Reading.Unreadable(record.key().flatMap(RecordReader::jobId), reason);
    }

    private static Optional<JobId> jobId(String key) {
        try {
            return Optional.of(JobId.parse(key));
        } catch (IllegalArgumentException notAnId) {
            return Optional.empty();
        }
    }
}
