package dev.genfleet.engine.shelf;

import dev.genfleet.engine.fault.EngineException;
import dev.genfleet.engine.pack.ModelPackage;
import dev.genfleet.engine.shelf.ModelStatus.State;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One package's place on the shelf. Guarded by the shelf's lock, but for what is final. */
final class Place {

    final ModelPackage model;
    final long bytes;
    final boolean pinned;

    /** Present while the model is on the device. */
    Optional<LoadedModel> loaded = Optional.empty();

    /** Whether it goes once nobody uses it. */
    boolean leaving;

    /** Whether the loading thread is to bring it, or is at it. */
    boolean asked;

    /** Generations that hold it and stages that borrowed it. */
    int users;

    /** Rises with every use; decides who leaves first. */
    long lastUse;

    Optional<Instant> lastUsed = Optional.empty();
    Optional<Failure> failure = Optional.empty();
    final List<Waiter> waiters = new ArrayList<>();

    Place(ModelPackage model, boolean pinned) {
        this.model = model;
        this.bytes = PackageWeights.bytes(model);
        this.pinned = pinned;
    }

    String name() {
        return model.manifest().name();
    }

    String digest() {
        return model.manifest().digest();
    }

    /** Whether a generation can have it at once. */
    boolean ready() {
        return loaded.isPresent() && !leaving;
    }

    ModelStatus status(Instant now) {
        return new ModelStatus(name(), digest(), bytes, pinned, state(now), lastUsed);
    }

    private State state(Instant now) {
        if (loaded.isPresent()) {
            return leaving ? State.LEAVING : State.LOADED;
        }
        if (asked) {
            return State.LOADING;
        }
        return failure.filter(last -> now.isBefore(last.until())).isPresent() ? State.FAILED : State.ON_DEMAND;
    }

    /**
     * A load that failed.
     *
     * @param fault why
     * @param until when the next may be tried
     */
    record Failure(EngineException fault, Instant until) {}
}
