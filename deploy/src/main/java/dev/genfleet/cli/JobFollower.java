package dev.genfleet.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.genfleet.wire.Json;
import dev.genfleet.wire.MalformedRecordException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Follows a job over its event stream and shows how far it is; takes the stream up again where it breaks. */
final class JobFollower {

    private static final Set<String> TERMINAL = Set.of("succeeded", "failed", "canceled", "expired");

    private final GatewayClient gateway;
    private final ProgressBar bar;

    JobFollower(GatewayClient gateway, ProgressBar bar) {
        this.gateway = gateway;
        this.bar = bar;
    }

    static boolean isTerminal(JsonNode job) {
        return TERMINAL.contains(job.path("state").asText());
    }

    /**
     * Waits for the job's end.
     *
     * @return the job as it is then
     * @throws CommandFailure when it has not ended within {@code limit}; the job goes on
     */
    JsonNode await(String id, Duration limit) throws CommandFailure, InterruptedException {
        Instant until = Instant.now().plus(limit);
        Optional<String> seen = Optional.empty();
        while (true) {
            seen = follow(id, seen, until);
            JsonNode job = gateway.job(id);
            if (isTerminal(job)) {
                return job;
            }
            if (Instant.now().isAfter(until)) {
                throw new CommandFailure(
                        "job " + id + " is " + job.path("state").asText() + " after " + limit.toSeconds()
                                + " s and goes on; see it with 'genfleet job " + id + "'");
            }
            TimeUnit.MILLISECONDS.sleep(300);
        }
    }

    private Optional<String> follow(String id, Optional<String> after, Instant until)
            throws CommandFailure, InterruptedException {
        Optional<String> seen = after;
        ServerSentEvent.Parser parser = new ServerSentEvent.Parser();
        try (Stream<String> lines = gateway.events(id, after)) {
            closeAt(until, lines);
            Iterator<String> each = lines.iterator();
            while (each.hasNext()) {
                Optional<ServerSentEvent> event = parser.line(each.next());
                if (event.isPresent()) {
                    seen = event.get().id().or(() -> after);
                    show(event.get());
                }
            }
        } catch (UncheckedIOException e) {
            // The stream broke; it is taken up again.
        }
        return seen;
    }

    /** Reading a stream blocks while nothing happens, so its end comes from outside. */
    private static void closeAt(Instant until, Stream<String> lines) {
        long millis = Math.max(1, Duration.between(Instant.now(), until).toMillis());
        CompletableFuture.delayedExecutor(millis, TimeUnit.MILLISECONDS).execute(lines::close);
    }

    private void show(ServerSentEvent event) throws CommandFailure {
        JsonNode data;
        try {
            data = Json.read(event.data().getBytes(StandardCharsets.UTF_8), JsonNode.class);
        } catch (MalformedRecordException e) {
            throw new CommandFailure("the event stream holds something that is not JSON: " + event.data(), e);
        }
        if (event.name().equals("generation.progress")) {
            bar.at(
                    data.path("step").asInt(),
                    Math.max(1, data.path("steps").asInt()),
                    data.path("eta_seconds").asDouble());
        } else if (!isTerminal(data)) {
            bar.state(data.path("state").asText());
        }
    }
}
