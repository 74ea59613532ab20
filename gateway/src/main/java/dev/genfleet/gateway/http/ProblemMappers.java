package dev.genfleet.gateway.http;

import dev.genfleet.fault.ErrorCode;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
import redis.clients.jedis.exceptions.JedisException;

/** Makes a problem document of everything that ends a request. */
final class ProblemMappers {

    private static final Logger LOG = Logger.getLogger(ProblemMappers.class);
    private static final int RETRY_SECONDS = 2;

    @ServerExceptionMapper
    Response of(ProblemException e, UriInfo uri) {
        return answer(e.problem(), uri);
    }

    @ServerExceptionMapper
    Response of(JedisException e, UriInfo uri) {
        LOG.warnf("redis failed path=%s error=%s", uri.getPath(), e);
        return answer(Problem.of(ErrorCode.UNAVAILABLE, "The view of jobs does not answer; try again shortly."), uri);
    }

    @ServerExceptionMapper
    Response of(WebApplicationException e, UriInfo uri, Request request, HttpHeaders headers) {
        int status = e.getResponse().getStatus();
        String path = uri.getPath();
        Problem problem =
                switch (status) {
                    case 404 -> Problem.ofStatus(404, "Not Found", "There is nothing at " + path + ".");
                    case 405 ->
                        Problem.ofStatus(
                                405, "Method Not Allowed", request.getMethod() + " is not possible on " + path + ".");
                    case 406 ->
                        Problem.ofStatus(
                                406,
                                "Not Acceptable",
                                path + " cannot answer in a media type of the Accept header '"
                                        + headers.getHeaderString(HttpHeaders.ACCEPT) + "'.");
                    case 413 -> BodyLimit.problem();
                    case 415 ->
                        Problem.ofStatus(
                                415,
                                "Unsupported Media Type",
                                "Content-Type is '" + contentType(headers) + "', but must be application/json.");
                    default ->
                        Problem.ofStatus(
                                status,
                                Optional.ofNullable(Response.Status.fromStatusCode(status))
                                        .map(Response.Status::getReasonPhrase)
                                        .orElse("Error"),
                                status < 500 ? "The request is not valid." : "The request could not be answered.");
                };
        Response.ResponseBuilder answer = Response.fromResponse(answer(problem, uri));
        Optional.ofNullable(e.getResponse().getHeaderString(HttpHeaders.ALLOW))
                .ifPresent(allow -> answer.header(HttpHeaders.ALLOW, allow));
        return answer.build();
    }

    @ServerExceptionMapper
    Response of(Throwable e, UriInfo uri) {
        LOG.errorf(e, "request failed path=%s", uri.getPath());
        return answer(Problem.of(ErrorCode.INTERNAL, "The request failed for a reason that the gateway logged."), uri);
    }

    private static Response answer(Problem problem, UriInfo uri) {
        Response.ResponseBuilder answer = Response.status(problem.status())
                .type(Problem.MEDIA_TYPE)
                .entity(problem.at(uri.getRequestUri().getRawPath()));
        if (problem.status() == ErrorCode.UNAVAILABLE.httpStatus()) {
            answer.header(HttpHeaders.RETRY_AFTER, RETRY_SECONDS);
        }
        return answer.build();
    }

    private static String contentType(HttpHeaders headers) {
        return Optional.ofNullable(headers.getHeaderString(HttpHeaders.CONTENT_TYPE))
                .orElse("absent");
    }
}
