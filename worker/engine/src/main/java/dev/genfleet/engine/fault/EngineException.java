package dev.genfleet.engine.fault;

import dev.genfleet.fault.ErrorCode;
import java.util.Objects;

/** A fault of the engine: a code that decides what becomes of the job, and a sentence for people. */
public final class EngineException extends Exception {

    private static final long serialVersionUID = 1L;

    private final ErrorCode code;

    /**
     * A fault without a cause worth a stack trace.
     *
     * @param code what kind of fault
     * @param sentence names the offender, what was given and what is allowed
     */
    public EngineException(ErrorCode code, String sentence) {
        super(sentence);
        this.code = Objects.requireNonNull(code, "code");
    }

    /**
     * A fault with the exception that caused it.
     *
     * @param code what kind of fault
     * @param sentence names the offender, what was given and what is allowed
     * @param cause kept for the log
     */
    public EngineException(ErrorCode code, String sentence, Throwable cause) {
        super(sentence, cause);
        this.code = Objects.requireNonNull(code, "code");
    }

    /** What kind of fault. */
    public ErrorCode code() {
        return code;
    }
}
