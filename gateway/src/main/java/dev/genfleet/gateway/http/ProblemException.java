package dev.genfleet.gateway.http;

import dev.genfleet.fault.ErrorCode;
import java.util.List;

/** Ends a request with a problem document. */
public final class ProblemException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient Problem problem;

    public ProblemException(ErrorCode code, String detail) {
        this(Problem.of(code, detail));
    }

    /** A request that cannot be answered now because of {@code cause}. */
    public ProblemException(ErrorCode code, String detail, Throwable cause) {
        super(detail, cause);
        this.problem = Problem.of(code, detail);
    }

    private ProblemException(Problem problem) {
        super(problem.detail());
        this.problem = problem;
    }

    /** A request with fields at fault. */
    public static ProblemException invalid(List<Problem.FieldError> errors) {
        String detail =
                errors.size() == 1 ? errors.getFirst().detail() : errors.size() + " fields of the request are wrong";
        return new ProblemException(Problem.of(ErrorCode.INVALID_REQUEST, detail, errors));
    }

    /** A path that leads to nothing, for things that the table of error codes does not name. */
    public static ProblemException notFound(String detail) {
        return new ProblemException(Problem.ofStatus(404, "Not Found", detail));
    }

    public Problem problem() {
        return problem;
    }
}
