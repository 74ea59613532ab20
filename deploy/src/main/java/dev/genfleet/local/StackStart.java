package dev.genfleet.local;

import dev.genfleet.local.StackSettings.Lifetime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** One start of a local stack: all parts or, when one fails, none. */
final class StackStart {

    private final StackFolder folder;
    private final Installation installation;
    private final StackSettings settings;
    private final StackListener listener;
    private final ConcurrentLinkedQueue<ProcessHandle> children = new ConcurrentLinkedQueue<>();

    StackStart(StackFolder folder, Installation installation, StackSettings settings, StackListener listener) {
        this.folder = folder;
        this.installation = installation;
        this.settings = settings;
        this.listener = listener;
    }

    LocalStack run() throws StackException, InterruptedException {
        Credentials credentials = Credentials.keptIn(folder.credentials());
        Launches launches = new Launches(folder, installation, credentials);
        Optional<Guard> guard =
                settings.lifetime() == Lifetime.WITH_THIS_PROGRAM ? Optional.of(Guard.start()) : Optional.empty();
        PartStarts starts = new PartStarts(folder, launches, new Starter(child -> {
            children.add(child);
            guard.ifPresent(watcher -> watcher.watch(child));
        }));
        try {
            return run(credentials, starts, guard);
        } catch (StackException | InterruptedException | RuntimeException e) {
            children.forEach(ProcessHandle::destroyForcibly);
            guard.ifPresent(Guard::close);
            throw e;
        }
    }

    private LocalStack run(Credentials credentials, PartStarts starts, Optional<Guard> guard)
            throws StackException, InterruptedException {
        List<Part> base = together(List.of(
                () -> started("kafka", starts::kafka),
                () -> started("redis", starts::redis),
                () -> started("s3", starts::s3),
                () -> {
                    List<String> models =
                            SampleModels.install(settings.samples(), installation.samples(), folder.models());
                    tell(() -> listener.models(models));
                    return Optional.empty();
                }));
        Endpoints found = endpoints(credentials, base);
        Map<String, String> environment = new HashMap<>(found.environment());
        environment.putAll(settings.environment());
        Map<String, String> gatewayEnvironment = new HashMap<>(environment);
        gatewayEnvironment.put("GENFLEET_HTTP_PORT", "0");
        List<Callable<Optional<Part>>> programs = new ArrayList<>();
        programs.add(() -> started("gateway", () -> starts.gateway(gatewayEnvironment)));
        for (int i = 1; i <= settings.workers(); i++) {
            String name = LocalStack.worker(i);
            programs.add(() -> started(name, () -> starts.worker(name, environment)));
        }
        List<Part> parts = new ArrayList<>(base);
        parts.addAll(together(programs));
        Endpoints endpoints = found.withGateway(address(parts, "gateway"));
        LocalStack stack = new LocalStack(folder, endpoints, starts, environment, guard, parts);
        stack.remember();
        return stack;
    }

    private Optional<Part> started(String name, Callable<Part> start) throws Exception {
        tell(() -> listener.starting(name));
        Part part = start.call();
        tell(() -> listener.ready(part));
        return Optional.of(part);
    }

    private synchronized void tell(Runnable call) {
        call.run();
    }

    private Endpoints endpoints(Credentials credentials, List<Part> base) {
        return new Endpoints(
                "",
                address(base, "kafka"),
                address(base, "redis"),
                new Endpoints.S3(
                        address(base, "s3"), Launches.BUCKET, credentials.s3AccessKey(), credentials.s3SecretKey()),
                credentials.webhookSecret(),
                folder.models().toString(),
                folder.root().toString());
    }

    private static String address(List<Part> parts, String name) {
        return parts.stream()
                .filter(part -> part.name().equals(name))
                .findFirst()
                .orElseThrow()
                .address();
    }

    /** Runs all side by side; when one fails, the others are interrupted. */
    private static List<Part> together(List<Callable<Optional<Part>>> starts)
            throws StackException, InterruptedException {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Optional<Part>>> results =
                    starts.stream().map(threads::submit).toList();
            try {
                List<Part> parts = new ArrayList<>();
                for (Future<Optional<Part>> result : results) {
                    result.get().ifPresent(parts::add);
                }
                return parts;
            } catch (ExecutionException e) {
                threads.shutdownNow();
                throw e.getCause() instanceof StackException failure
                        ? failure
                        : new StackException("cannot start the local stack: " + e.getCause(), e);
            } catch (InterruptedException e) {
                threads.shutdownNow();
                throw e;
            }
        }
    }
}
