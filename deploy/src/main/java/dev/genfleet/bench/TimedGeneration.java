package dev.genfleet.bench;

import dev.genfleet.engine.GenerationListener;
import dev.genfleet.engine.Picture;
import dev.genfleet.engine.fault.EngineException;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** One generation, and how long it took from its arrival to its last picture. */
final class TimedGeneration implements GenerationListener {

    private final long arrived = System.nanoTime();
    private final CompletableFuture<Double> seconds = new CompletableFuture<>();

    @Override
    public void stepped(int step, int steps) {
        // Only the end is timed.
    }

    @Override
    public void finished(List<Picture> pictures) {
        seconds.complete((System.nanoTime() - arrived) / 1e9);
    }

    @Override
    public void canceled(int step) {
        seconds.cancel(false);
    }

    @Override
    public void expired() {
        seconds.cancel(false);
    }

    @Override
    public void failed(EngineException fault) {
        seconds.completeExceptionally(fault);
    }

    /** Seconds from arrival to the last picture. */
    CompletableFuture<Double> seconds() {
        return seconds;
    }
}
