package dev.genfleet.gateway.http;

import dev.genfleet.fault.ErrorCode;
import dev.genfleet.wire.Json;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.Optional;

/** Refuses large bodies with a problem document, before anything reads them. */
@Singleton
public final class BodyLimit {

    /** Largest body of a request. */
    static final long LIMIT_BYTES = 256 * 1024L;

    /** A body up to this size is read to its end first, so that simple clients get to see the answer. */
    private static final long DISCARD_BYTES = 64 * 1024 * 1024L;

    private static final int BEFORE_EVERYTHING = 1000;

    void install(@Observes Filters filters) {
        filters.register(BodyLimit::check, BEFORE_EVERYTHING);
    }

    /**
     * Checks a body that came without an announced length.
     *
     * @throws ProblemException when it is too large
     */
    public static void check(byte[] body) {
        if (body.length > LIMIT_BYTES) {
            throw new ProblemException(ErrorCode.BODY_TOO_LARGE, tooLarge(body.length));
        }
    }

    static Problem problem() {
        return Problem.of(
                ErrorCode.BODY_TOO_LARGE,
                "The request's body is larger than " + LIMIT_BYTES + " bytes, which is the limit.");
    }

    private static void check(RoutingContext context) {
        long length = announcedBytes(context);
        if (length <= LIMIT_BYTES) {
            context.next();
            return;
        }
        if (length > DISCARD_BYTES) {
            context.response().putHeader(HttpHeaders.CONNECTION, "close");
            refuse(context, length);
            return;
        }
        context.request()
                .handler(ignored -> {})
                .endHandler(end -> refuse(context, length))
                .resume();
    }

    private static void refuse(RoutingContext context, long length) {
        Problem problem = Problem.of(ErrorCode.BODY_TOO_LARGE, tooLarge(length)).at(context.normalizedPath());
        context.response()
                .setStatusCode(problem.status())
                .putHeader(HttpHeaders.CONTENT_TYPE, Problem.MEDIA_TYPE)
                .end(Buffer.buffer(Json.write(problem)));
    }

    private static String tooLarge(long length) {
        return "The request's body has " + length + " bytes, but at most " + LIMIT_BYTES + " are allowed.";
    }

    private static long announcedBytes(RoutingContext context) {
        return Optional.ofNullable(context.request().getHeader(HttpHeaders.CONTENT_LENGTH))
                .filter(text -> text.matches("[0-9]{1,18}"))
                .map(Long::parseLong)
                .orElse(0L);
    }
}
