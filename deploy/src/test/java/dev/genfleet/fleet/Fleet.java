package dev.genfleet.fleet;

import dev.genfleet.local.Endpoints;
import dev.genfleet.local.Installation;
import dev.genfleet.local.LocalStack;
import dev.genfleet.local.Part;
import dev.genfleet.local.StackException;
import dev.genfleet.local.StackFolder;
import dev.genfleet.local.StackListener;
import dev.genfleet.local.StackSettings;
import dev.genfleet.local.StackSettings.Lifetime;
import dev.genfleet.local.TemporaryFolder;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import redis.clients.jedis.RedisClient;

/** A local stack and a caller's view of it, behind the scenes included. */
final class Fleet implements AutoCloseable {

    private final StackFolder folder;
    private final LocalStack stack;
    private final Jobs jobs;
    private final RedisClient redis;
    private final List<Part> others = new ArrayList<>();

    private Fleet(StackFolder folder, LocalStack stack) {
        this.folder = folder;
        this.stack = stack;
        this.jobs = new Jobs(URI.create(stack.endpoints().gateway()));
        URI address = URI.create(stack.endpoints().redis());
        this.redis = RedisClient.create(address.getHost(), address.getPort());
    }

    static Fleet start() throws Exception {
        StackFolder folder = TemporaryFolder.create();
        StackSettings settings = new StackSettings(
                Lifetime.WITH_THIS_PROGRAM, 1, Map.of("GENFLEET_WEBHOOK_RETRY_SCHEDULE", "0s,1s,2s,4s,8s"));
        Installation installation = Installation.ofThisProgram();
        new SampleVariants(installation.samples(), folder.models())
                .install(folder.root().resolve("variants"));
        new CaptionPipeline(Files.createDirectory(folder.root().resolve("captions"))).install(folder.root());
        return new Fleet(folder, LocalStack.start(folder, installation, settings, StackListener.silent()));
    }

    Endpoints endpoints() {
        return stack.endpoints();
    }

    StackFolder folder() {
        return folder;
    }

    Jobs jobs() {
        return jobs;
    }

    RedisClient redis() {
        return redis;
    }

    History history() {
        return new History(endpoints().kafka());
    }

    Heartbeats heartbeats() {
        return new Heartbeats(redis);
    }

    /** Workers of the default pool that live. Their address is their worker id. */
    List<Part> workers() {
        return stack.parts().stream()
                .filter(Part::isWorker)
                .filter(part -> !others.contains(part))
                .filter(Part::isAlive)
                .toList();
    }

    /** Workers that live, after as many were started as it takes to have {@code count}. */
    List<Part> workers(int count) throws Exception {
        while (workers().size() < count) {
            stack.addWorker();
        }
        return workers();
    }

    /** A worker for another pool, to be stopped by the caller. */
    Part workerOf(String pool) throws Exception {
        return workerOf(pool, Map.of());
    }

    /** The same with further environment variables. */
    Part workerOf(String pool, Map<String, String> environment) throws Exception {
        Map<String, String> all = new HashMap<>(environment);
        all.put("GENFLEET_POOLS", pool);
        Part worker = stack.addWorker(all);
        others.add(worker);
        return worker;
    }

    /** Every part lives: what the test did brought no process down. */
    boolean isWhole() {
        return stack.parts().stream().filter(part -> !part.isWorker()).allMatch(Part::isAlive)
                && !workers().isEmpty();
    }

    /** For whoever wants to know why a test failed: {@code deploy/target/fleet-logs}. */
    private void keepLogs() throws StackException {
        Path kept = Installation.ofThisProgram().root().resolve("deploy/target/fleet-logs");
        try (Stream<Path> logs = Files.list(folder.logs())) {
            Files.createDirectories(kept);
            for (Path log : logs.toList()) {
                Files.copy(log, kept.resolve(log.getFileName()), StandardCopyOption.REPLACE_EXISTING);
            }
        } catch (IOException e) {
            throw new StackException("cannot keep the logs in " + kept + ": " + e, e);
        }
    }

    @Override
    public void close() throws StackException {
        jobs.close();
        redis.close();
        stack.close();
        keepLogs();
        TemporaryFolder.delete(folder);
    }
}
