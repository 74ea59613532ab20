package dev.genfleet.wire;

import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * W3C trace context (Trace Context level 1, sections 3.2 and 3.3), carried as headers from HTTP over Kafka to the webhook.
 *
 * @param traceparent {@code 00-<trace id>-<parent id>-<flags>}
 * @param tracestate vendor data, passed on as it came
 */
public record TraceContext(String traceparent, Optional<String> tracestate) {

    /** Header name, the same in HTTP and Kafka. */
    public static final String TRACEPARENT = "traceparent";

    /** Header name, the same in HTTP and Kafka. */
    public static final String TRACESTATE = "tracestate";

    private static final Pattern FORM = Pattern.compile("00-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}");
    private static final SecureRandom RANDOM = new SecureRandom();

    public TraceContext {
        if (!FORM.matcher(traceparent).matches()) {
            throw new IllegalArgumentException("traceparent is '" + traceparent
                    + "', but must be 00-<32 hex digits>-<16 hex digits>-<2 hex digits>");
        }
    }

    /** A new trace, sampled. */
    public static TraceContext start() {
        return new TraceContext("00-" + randomHex(16) + "-" + randomHex(8) + "-01", Optional.empty());
    }

    /** What came in headers; a new trace when there is none or it is not well formed, as the specification asks. */
    public static TraceContext of(Optional<String> traceparent, Optional<String> tracestate) {
        return traceparent
                .filter(text -> FORM.matcher(text).matches())
                .map(text -> new TraceContext(text, tracestate))
                .orElseGet(TraceContext::start);
    }

    /** The same trace with a new parent id: for what this program causes. */
    public TraceContext child() {
        return new TraceContext(traceparent.substring(0, 36) + randomHex(8) + traceparent.substring(52), tracestate);
    }

    /** The 32 hexadecimal digits of the trace id. */
    public String traceId() {
        return traceparent.substring(3, 35);
    }

    private static String randomHex(int bytes) {
        byte[] random = new byte[bytes];
        RANDOM.nextBytes(random);
        random[0] |= 1;
        return HexFormat.of().formatHex(random);
    }
}
