package dev.genfleet.wire;

import dev.genfleet.job.JobId;

/** Names of Redis keys and channels. Everything under them can be lost and is either rebuilt from Kafka or missed for a moment. */
public final class RedisKeys {

    /** Every key starts with it. */
    public static final String PREFIX = "genfleet:";

    /** Channel on which workers publish {@link dev.genfleet.event.Progress} as JSON. */
    public static final String PROGRESS_CHANNEL = PREFIX + "progress";

    private RedisKeys() {}

    /** Hash of the facts from which a job's view is folded. */
    public static String job(JobId id) {
        return PREFIX + "job:" + id;
    }

    /** Latest {@link dev.genfleet.event.Progress} of a job as JSON. */
    public static String progress(JobId id) {
        return PREFIX + "progress:" + id;
    }

    /** Latest preview of a job, a PNG file. */
    public static String preview(JobId id) {
        return PREFIX + "preview:" + id;
    }

    /** Present when the job's cancellation was asked for: for workers that take the job later. */
    public static String cancel(JobId id) {
        return PREFIX + "cancel:" + id;
    }

    /** The claim of an idempotency key, by the key's hash. */
    public static String idempotency(String keyHash) {
        return PREFIX + "idempotency:" + keyHash;
    }

    /** Heartbeat of a worker as JSON: device, models loaded, slots. Expires when the worker is silent. */
    public static String worker(String workerId) {
        return PREFIX + "worker:" + workerId;
    }

    /** Hash of a job's latest checkpoint, or of what is known of it when it lies in object storage. */
    public static String checkpoint(JobId id) {
        return PREFIX + "checkpoint:" + id;
    }

    /** Set of the job's leases that ended in good order: for workers that take the job before the view has the event. */
    public static String released(JobId id) {
        return PREFIX + "released:" + id;
    }
}
