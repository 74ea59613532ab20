package dev.genfleet.engine;

import dev.genfleet.engine.fault.EngineException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Keeps what it is told, as words, and the pictures. */
final class RecordingListener implements GenerationListener {

    final List<String> told = new ArrayList<>();
    final List<Checkpoint> checkpoints = new ArrayList<>();
    final CompletableFuture<Optional<Checkpoint>> suspended = new CompletableFuture<>();
    final CompletableFuture<List<Picture>> pictures = new CompletableFuture<>();

    @Override
    public synchronized void stepped(int step, int steps) {
        told.add(step + "/" + steps);
    }

    @Override
    public synchronized void checkpointed(Checkpoint checkpoint) {
        checkpoints.add(checkpoint);
    }

    @Override
    public synchronized void suspended(Optional<Checkpoint> checkpoint) {
        told.add("suspended");
        suspended.complete(checkpoint);
    }

    @Override
    public synchronized void finished(List<Picture> finished) {
        told.add("finished");
        pictures.complete(finished);
    }

    @Override
    public synchronized void canceled(int step) {
        told.add("canceled " + step);
        pictures.cancel(false);
    }

    @Override
    public synchronized void expired() {
        told.add("expired");
        pictures.cancel(false);
    }

    @Override
    public synchronized void failed(EngineException fault) {
        told.add("failed " + fault.code().wireName());
        pictures.completeExceptionally(fault);
    }

    synchronized boolean heard(String message) {
        return told.contains(message);
    }

    synchronized String last() {
        return told.isEmpty() ? "" : told.getLast();
    }
}
