package dev.genfleet.gateway.submission;

import dev.genfleet.fault.ErrorCode;
import dev.genfleet.gateway.http.ProblemException;
import dev.genfleet.wire.TraceContext;
import jakarta.ws.rs.core.HttpHeaders;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the headers of a submission say.
 *
 * @param idempotencyKey repeats of the submission carry the same one
 * @param cancelAfter not started within this time means expired
 * @param patience how long the answer may wait for the job's end
 * @param trace the trace that the job belongs to
 */
record SubmitHeaders(
        Optional<String> idempotencyKey,
        Optional<Duration> cancelAfter,
        Optional<Duration> patience,
        TraceContext trace) {

    /** Longest wait that is granted. */
    static final Duration LONGEST_WAIT = Duration.ofSeconds(60);

    private static final int LONGEST_KEY = 255;
    private static final Pattern CANCEL_AFTER = Pattern.compile("([1-9][0-9]{0,6})(s|m|h)?");
    private static final Pattern WAIT = Pattern.compile("(?:^|[,;\\s])wait\\s*=\\s*\"?([0-9]{1,6})\"?");

    /**
     * Reads the headers.
     *
     * @throws ProblemException when one of them is wrong
     */
    static SubmitHeaders of(HttpHeaders headers) {
        return new SubmitHeaders(
                header(headers, "Idempotency-Key").map(SubmitHeaders::key),
                header(headers, "Cancel-After").map(SubmitHeaders::cancelAfter),
                header(headers, "Prefer").flatMap(SubmitHeaders::wait),
                TraceContext.of(header(headers, TraceContext.TRACEPARENT), header(headers, TraceContext.TRACESTATE)));
    }

    /** A key, quoted (structured-field string, RFC 8941 section 3.3.3) or bare. */
    static String key(String text) {
        String trimmed = text.trim();
        String key = trimmed.length() >= 2 && trimmed.startsWith("\"") && trimmed.endsWith("\"")
                ? trimmed.substring(1, trimmed.length() - 1)
                        .replace("\\\"", "\"")
                        .replace("\\\\", "\\")
                : trimmed;
        if (key.isEmpty() || key.length() > LONGEST_KEY) {
            throw new ProblemException(
                    ErrorCode.INVALID_REQUEST,
                    "Idempotency-Key has " + key.length() + " characters, but must have 1 to " + LONGEST_KEY + ".");
        }
        return key;
    }

    /** A time such as {@code 90s}; a bare number is seconds. */
    static Duration cancelAfter(String text) {
        Matcher matcher = CANCEL_AFTER.matcher(text.trim());
        if (!matcher.matches()) {
            throw new ProblemException(
                    ErrorCode.INVALID_REQUEST,
                    "Cancel-After is '" + text + "', but must be a time such as 90s, 5m or 2h.");
        }
        long amount = Long.parseLong(matcher.group(1));
        return switch (Optional.ofNullable(matcher.group(2)).orElse("s")) {
            case "m" -> Duration.ofMinutes(amount);
            case "h" -> Duration.ofHours(amount);
            default -> Duration.ofSeconds(amount);
        };
    }

    /** The wait of a {@code Prefer} header (RFC 7240 section 4.3), capped; preferences not understood are ignored. */
    static Optional<Duration> wait(String prefer) {
        Matcher matcher = WAIT.matcher(prefer);
        return matcher.find()
                ? Optional.of(Duration.ofSeconds(Math.min(Long.parseLong(matcher.group(1)), LONGEST_WAIT.toSeconds())))
                : Optional.empty();
    }

    private static Optional<String> header(HttpHeaders headers, String name) {
        return Optional.ofNullable(headers.getHeaderString(name));
    }
}
