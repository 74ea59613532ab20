package dev.genfleet.local;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Stops workers first, for they drain; then the gateway; then what both stand on. */
final class StopOrder {

    private StopOrder() {}

    static void stop(List<Part> parts, Duration workerGrace, Duration grace) throws InterruptedException {
        together(parts.stream().filter(Part::isWorker).toList(), workerGrace);
        together(parts.stream().filter(part -> part.name().equals("gateway")).toList(), grace);
        together(parts, grace);
    }

    private static void together(List<Part> parts, Duration grace) throws InterruptedException {
        List<Callable<Void>> stops = new ArrayList<>();
        for (Part part : parts) {
            stops.add(() -> {
                part.stop(grace);
                return null;
            });
        }
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<Void> stop : threads.invokeAll(stops)) {
                stop.get();
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException("stopping the local stack", e);
        }
    }
}
