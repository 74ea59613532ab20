package dev.genfleet.fault;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** Every way in which a request or a job fails: whose fault, which HTTP status, and what becomes of the lease. */
public enum ErrorCode {
    /** The request breaks the schema or the model's limits. */
    INVALID_REQUEST(Fault.CALLER, 400, "The request is not valid", Retry.NEVER),
    /** No such job. */
    JOB_NOT_FOUND(Fault.CALLER, 404, "No such job", Retry.NEVER),
    /** The job has no such output. */
    OUTPUT_NOT_FOUND(Fault.CALLER, 404, "No such output", Retry.NEVER),
    /** The job shows no preview, or none yet or any more. */
    PREVIEW_NOT_FOUND(Fault.CALLER, 404, "No such preview", Retry.NEVER),
    /** The output was removed by retention. */
    OUTPUT_GONE(Fault.CALLER, 410, "The output is no longer kept", Retry.NEVER),
    /** The request names a model that the catalog does not have. */
    UNKNOWN_MODEL(Fault.CALLER, 404, "No such model", Retry.NEVER),
    /** The job is terminal already. */
    JOB_ALREADY_TERMINAL(Fault.CALLER, 409, "The job has ended already", Retry.NEVER),
    /** An idempotency key came again with another body. */
    IDEMPOTENCY_KEY_REUSED(Fault.CALLER, 422, "The idempotency key belongs to another request", Retry.NEVER),
    /** The request's body is larger than allowed. */
    BODY_TOO_LARGE(Fault.CALLER, 413, "The request body is too large", Retry.NEVER),
    /** The broker, the view or the storage does not answer. */
    UNAVAILABLE(Fault.CAPACITY, 503, "The service is not available now", Retry.ELSEWHERE),
    /** The worker lacks the model package of the job's digest. */
    MODEL_UNAVAILABLE(Fault.CAPACITY, 503, "The model is not available", Retry.ELSEWHERE),
    /** The worker's device is missing or out of memory. */
    DEVICE_UNAVAILABLE(Fault.CAPACITY, 503, "The device is not available", Retry.ELSEWHERE),
    /** Object storage refused the outputs. */
    STORAGE_FAULT(Fault.CAPACITY, 503, "The output could not be stored", Retry.ELSEWHERE),
    /** The denoiser gave NaN or infinite latents. */
    NUMERICAL_FAULT(Fault.INTERNAL, 500, "The model gave numbers that are not finite", Retry.NEVER),
    /** The denoiser threw for this job also when it ran alone. */
    DENOISER_FAULT(Fault.INTERNAL, 500, "The model could not be run", Retry.NEVER),
    /** Every attempt ended without a result. */
    ATTEMPTS_EXHAUSTED(Fault.INTERNAL, 500, "Every attempt to run the job ended without a result", Retry.NEVER),
    /** Anything else. */
    INTERNAL(Fault.INTERNAL, 500, "An internal error", Retry.ELSEWHERE);

    private final Fault fault;
    private final int httpStatus;
    private final String title;
    private final Retry retry;

    ErrorCode(Fault fault, int httpStatus, String title, Retry retry) {
        this.fault = fault;
        this.httpStatus = httpStatus;
        this.title = title;
        this.retry = retry;
    }

    /** Reads the lower-case wire form; a code of a newer program reads as {@link #INTERNAL}. */
    @JsonCreator
    public static ErrorCode parse(String text) {
        for (ErrorCode code : values()) {
            if (code.wireName().equals(text)) {
                return code;
            }
        }
        return INTERNAL;
    }

    @JsonValue
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    public Fault fault() {
        return fault;
    }

    public int httpStatus() {
        return httpStatus;
    }

    /** Short summary for people, the same for every occurrence (RFC 9457 section 3.1.3). */
    public String title() {
        return title;
    }

    /** What becomes of a job that met this error on a worker. */
    public Retry retry() {
        return retry;
    }

    /** Whose fault it is. */
    public enum Fault {
        CALLER,
        CAPACITY,
        INTERNAL
    }

    /** What a worker does with the job. */
    public enum Retry {
        /** Publish a {@code failed} event and accept the record. */
        NEVER,
        /** Release the record, so that another attempt follows, until the attempts are used up. */
        ELSEWHERE
    }
}
