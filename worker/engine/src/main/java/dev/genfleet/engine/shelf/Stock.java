package dev.genfleet.engine.shelf;

import dev.genfleet.engine.fault.EngineException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/** Who has which model and who waits for one: the state of a {@link ModelShelf} behind one lock, which is never held for long. */
final class Stock {

    private final Map<String, Place> places = new LinkedHashMap<>();
    private final long bound;
    private final InstantSource clock;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Queue<Place> wanted = new ArrayDeque<>();
    private long uses;
    private long loads;
    private long evictions;

    /**
     * An empty stock.
     *
     * @param bound bytes that all models on the device may take
     */
    Stock(long bound, InstantSource clock) {
        this.bound = bound;
        this.clock = clock;
    }

    /** Every package; changed before the stock is shared only. */
    Map<String, Place> places() {
        return places;
    }

    /** Whether a model fits without another leaving. */
    boolean fits(Place place) {
        return locked(() -> used() + place.bytes <= bound);
    }

    /** The state of these places, and the counts. */
    ShelfStatus status(Collection<Place> shown, Optional<Long> budget) {
        Instant now = clock.instant();
        return locked(() -> new ShelfStatus(
                budget, used(), shown.stream().map(place -> place.status(now)).toList(), loads, evictions));
    }

    /**
     * Gives the model to the waiter, who is not told here, or notes that it waits.
     *
     * @return whether it has it
     * @throws EngineException when the last load failed a moment ago
     */
    boolean hold(Place place, Waiter waiter) throws EngineException {
        Optional<EngineException> fresh = locked(() -> place.failure
                .filter(failure -> clock.instant().isBefore(failure.until()))
                .map(Place.Failure::fault));
        if (fresh.isPresent()) {
            throw new EngineException(fresh.get().code(), fresh.get().getMessage(), fresh.get());
        }
        return locked(() -> {
            if (place.ready()) {
                use(place, 1);
                return true;
            }
            place.waiters.add(waiter);
            if (!place.asked) {
                place.asked = true;
                wanted.add(place);
                changed.signalAll();
            }
            return false;
        });
    }

    /** Whether the waiter still waited; it does no more. */
    boolean withdraw(Place place, Waiter waiter) {
        return locked(() -> place.waiters.remove(waiter));
    }

    void release(Place place) {
        locked(() -> {
            use(place, -1);
            changed.signalAll();
            return true;
        });
    }

    /** Digests of the models that are there. */
    List<String> loaded() {
        return locked(() -> places.values().stream()
                .filter(place -> place.loaded.isPresent())
                .map(Place::digest)
                .toList());
    }

    /** One more user of a model that is on the device, even if it is about to leave. */
    Optional<LoadedModel> borrow(Place place) {
        return locked(() -> {
            place.loaded.ifPresent(model -> use(place, 1));
            return place.loaded;
        });
    }

    /** Waits for a place whose model somebody asked for. */
    Place awaitWanted() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (wanted.isEmpty()) {
                changed.await();
            }
            return wanted.remove();
        } finally {
            lock.unlock();
        }
    }

    /** Gives the model to its waiters where nothing is to be loaded: it is there, or nobody waits any more. Otherwise empty. */
    Optional<List<Waiter>> settle(Place place) {
        return locked(() ->
                place.ready() || place.waiters.isEmpty() ? Optional.of(takeWaiters(place, true)) : Optional.empty());
    }

    /** Puts a loaded model onto its place and gives it to those who wait. */
    List<Waiter> put(Place place, LoadedModel model) {
        return locked(() -> {
            loads++;
            place.loaded = Optional.of(model);
            place.failure = Optional.empty();
            return takeWaiters(place, true);
        });
    }

    /** Notes a load that failed; those who waited for it wait no more. */
    List<Waiter> fail(Place place, Place.Failure failure) {
        return locked(() -> {
            place.failure = Optional.of(failure);
            return takeWaiters(place, false);
        });
    }

    private List<Waiter> takeWaiters(Place place, boolean holding) {
        List<Waiter> waiters = List.copyOf(place.waiters);
        place.waiters.clear();
        place.asked = false;
        if (holding) {
            use(place, waiters.size());
        }
        return waiters;
    }

    /** Marks the model that is to leave next so that another fits; empty when it does. */
    Optional<Place> victimFor(Place coming) {
        return locked(() -> {
            if (used() + coming.bytes <= bound) {
                return Optional.empty();
            }
            Place victim = places.values().stream()
                    .filter(place -> place.loaded.isPresent() && !place.pinned)
                    .min(Comparator.comparing((Place place) -> place.users > 0).thenComparing(place -> place.lastUse))
                    .orElseThrow();
            victim.leaving = true;
            return Optional.of(victim);
        });
    }

    /** Waits until nobody uses a model that is to leave. */
    void awaitUnused(Place place) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (place.users > 0) {
                changed.await();
            }
        } finally {
            lock.unlock();
        }
    }

    /** As {@link #awaitUnused}, and takes it away before anybody can use it again. */
    LoadedModel takeUnused(Place place) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (place.users > 0) {
                changed.await();
            }
            LoadedModel model = place.loaded.orElseThrow();
            place.loaded = Optional.empty();
            evictions++;
            return model;
        } finally {
            lock.unlock();
        }
    }

    /** Ends a leave, whether the model has gone or not. */
    void left(Place place) {
        locked(() -> place.leaving = false);
    }

    /** Takes every model away, however much it is used. */
    List<LoadedModel> takeAll() {
        return locked(() -> {
            List<LoadedModel> all = new ArrayList<>();
            for (Place place : places.values()) {
                place.loaded.ifPresent(all::add);
                place.loaded = Optional.empty();
            }
            return all;
        });
    }

    private void use(Place place, int more) {
        place.users += more;
        place.lastUse = ++uses;
        if (more != 0) {
            place.lastUsed = Optional.of(clock.instant());
        }
    }

    private long used() {
        return places.values().stream()
                .filter(place -> place.loaded.isPresent())
                .mapToLong(place -> place.bytes)
                .sum();
    }

    private <T> T locked(Supplier<T> section) {
        lock.lock();
        try {
            return section.get();
        } finally {
            lock.unlock();
        }
    }
}
