package dev.genfleet.gateway.webhook;

import dev.genfleet.gateway.config.GatewayConfig;
import dev.genfleet.gateway.destination.DestinationGuard;
import dev.genfleet.wire.TraceContext;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.net.Proxy;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import okhttp3.ConnectionPool;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;

/** Sends one signed request to where the guard lets it; follows nothing and repeats nothing. Any thread. */
@Singleton
final class Sender {

    private static final MediaType JSON = MediaType.get("application/json");
    private static final List<Integer> HONOURED = List.of(429, 502, 503, 504);
    private static final int GONE = 410;

    /** A receiver may have closed an idle connection, and each new one is checked by the guard. */
    private static final ConnectionPool NO_REUSE = new ConnectionPool(0, 1, TimeUnit.MILLISECONDS);

    private final DestinationGuard guard;
    private final Signer signer;
    private final OkHttpClient client;

    @Inject
    Sender(GatewayConfig config, DestinationGuard guard) {
        this(
                guard,
                new Signer(config.webhook().secret().orElse(List.of())),
                config.webhook().timeout());
    }

    Sender(DestinationGuard guard, Signer signer, Duration timeout) {
        this.guard = guard;
        this.signer = signer;
        this.client = new OkHttpClient.Builder()
                .dns(guard)
                .connectionPool(NO_REUSE)
                .proxy(Proxy.NO_PROXY)
                .followRedirects(false)
                .followSslRedirects(false)
                .retryOnConnectionFailure(false)
                .callTimeout(timeout)
                .connectTimeout(timeout)
                .readTimeout(timeout)
                .writeTimeout(timeout)
                .build();
    }

    /**
     * Sends.
     *
     * @param url where
     * @param id {@code webhook-id}
     * @param now {@code webhook-timestamp}
     * @param body JSON in UTF-8
     * @param trace passed on
     */
    Answer send(URI url, String id, Instant now, byte[] body, TraceContext trace) {
        Optional<String> objection = guard.objection(url);
        if (objection.isPresent()) {
            return new Answer.Unreached(objection.get());
        }
        Request request = new Request.Builder()
                .url(url.toString())
                .post(RequestBody.create(body, JSON))
                .header("webhook-id", id)
                .header("webhook-timestamp", Long.toString(now.getEpochSecond()))
                .header("webhook-signature", signer.sign(id, now, body))
                .header("connection", "close")
                .header("user-agent", "genfleet")
                .header(TraceContext.TRACEPARENT, trace.traceparent())
                .build();
        try (Response response = client.newCall(request).execute()) {
            return answer(response, now);
        } catch (IOException e) {
            return new Answer.Unreached(e.getClass().getSimpleName() + ": " + e.getMessage());
        }
    }

    private static Answer answer(Response response, Instant now) {
        int status = response.code();
        if (response.isSuccessful()) {
            return new Answer.Taken(status);
        }
        return status == GONE
                ? new Answer.Gone(status)
                : new Answer.Refused(
                        status,
                        HONOURED.contains(status)
                                ? Optional.ofNullable(response.header("Retry-After"))
                                        .flatMap(text -> RetryAfter.parse(text, now))
                                : Optional.empty());
    }

    @PreDestroy
    void close() {
        client.dispatcher().executorService().shutdown();
        client.connectionPool().evictAll();
    }
}
