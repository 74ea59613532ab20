package dev.genfleet.gateway.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.genfleet.fault.ErrorCode;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/**
 * A problem document (RFC 9457 section 3).
 *
 * @param type identifies the kind of problem; {@code about:blank} when the status says it all
 * @param title the kind of problem in words
 * @param status HTTP status
 * @param detail a sentence about this occurrence
 * @param instance path of the request
 * @param code {@link ErrorCode} in lower case
 * @param errors what is wrong with the request, field by field
 */
public record Problem(
        URI type,
        String title,
        int status,
        String detail,
        Optional<URI> instance,
        Optional<ErrorCode> code,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<FieldError> errors) {

    /** Media type of problem documents. */
    public static final String MEDIA_TYPE = "application/problem+json";

    public Problem {
        errors = List.copyOf(errors);
    }

    /** A problem of the table of error codes. */
    public static Problem of(ErrorCode code, String detail) {
        return of(code, detail, List.of());
    }

    /** A problem with the fields at fault. */
    public static Problem of(ErrorCode code, String detail, List<FieldError> errors) {
        return new Problem(
                URI.create("urn:genfleet:error:" + code.wireName()),
                code.title(),
                code.httpStatus(),
                detail,
                Optional.empty(),
                Optional.of(code),
                errors);
    }

    /** A problem that HTTP itself names, such as a method that is not allowed. */
    static Problem ofStatus(int status, String title, String detail) {
        return new Problem(
                URI.create("about:blank"), title, status, detail, Optional.empty(), Optional.empty(), List.of());
    }

    /** The same problem, met on {@code path}. */
    Problem at(String path) {
        return new Problem(type, title, status, detail, Optional.of(URI.create(path)), code, errors);
    }

    /**
     * One field at fault.
     *
     * @param pointer JSON Pointer into the request's body (RFC 6901)
     * @param detail a sentence that names the field, what was given and what is allowed
     */
    public record FieldError(String pointer, String detail) {}
}
