package dev.genfleet.engine.shelf;

import dev.genfleet.engine.fault.EngineException;
import dev.genfleet.engine.pack.ModelPackage;
import dev.genfleet.engine.pack.ModelPackages;
import dev.genfleet.fault.ErrorCode;
import dev.genfleet.model.ModelManifest;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The models of one device. A generation holds its model from admission to its end; who asks for a model that is not there waits
 * while {@link #runOnce} brings it, one after the other in the order of asking. Where memory is short, the least recently used
 * model leaves that nobody uses; if all are in use, the least recently used one serves who has it and nobody new, and then leaves.
 * So a model that is asked for comes, however busy the others are. Pinned models never leave.
 */
public final class ModelShelf implements ModelLoans, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ModelShelf.class);

    /** How long a load that failed is not tried again. */
    static final Duration FAILURE_REMEMBERED = Duration.ofSeconds(30);

    private final Stock stock;
    private final Optional<Long> budget;
    private final ModelLoading loading;
    private final InstantSource clock;

    private ModelShelf(ModelPackages packages, ModelMemory memory, ModelLoading loading, InstantSource clock) {
        this.budget = memory.budget();
        this.stock = new Stock(budget.orElse(Long.MAX_VALUE), clock);
        this.loading = loading;
        this.clock = clock;
        for (ModelPackage model : packages.packages()) {
            boolean pinned = memory.pinned().contains(model.manifest().name());
            stock.places().putIfAbsent(model.manifest().digest(), new Place(model, pinned));
        }
    }

    /**
     * A shelf with the pinned models on it, and of the others, in their order, each that still fits. A package that cannot be loaded
     * now is logged and left out for good.
     *
     * @throws EngineException when the device is at fault, or the pinned models do not fit
     */
    public static ModelShelf open(ModelPackages packages, ModelMemory memory, ModelLoading loading, InstantSource clock)
            throws EngineException {
        ModelShelf shelf = new ModelShelf(packages, memory, loading, clock);
        try {
            shelf.fill();
            return shelf;
        } catch (EngineException | RuntimeException | Error e) {
            shelf.close();
            throw e;
        }
    }

    private void fill() throws EngineException {
        List<Place> pinnedFirst = new ArrayList<>(stock.places().values());
        pinnedFirst.sort(Comparator.comparing(place -> !place.pinned));
        for (Place place : pinnedFirst) {
            Optional<EngineException> tooLarge = tooLarge(place);
            if (tooLarge.isPresent() && place.pinned) {
                throw tooLarge.get();
            }
            if (tooLarge.isPresent()) {
                LOG.error("model left out: {}", tooLarge.get().getMessage());
            } else if (stock.fits(place)) {
                loadOrLeaveOut(place);
            }
        }
    }

    private void loadOrLeaveOut(Place place) throws EngineException {
        try {
            stock.put(place, load(place));
        } catch (EngineException e) {
            switch (e.code()) {
                case MODEL_UNAVAILABLE -> {
                    LOG.error("model left out: {}", e.getMessage(), e);
                    stock.places().remove(place.digest());
                }
                default -> throw e;
            }
        }
    }

    /** What a package's manifest says; empty when it is not here. */
    public Optional<ModelManifest> manifest(String digest) {
        return Optional.ofNullable(stock.places().get(digest)).map(place -> place.model.manifest());
    }

    /** Digests of the models that are on the device now. */
    public List<String> loaded() {
        return stock.loaded();
    }

    /** The models that fit onto the device, at this moment. */
    public ShelfStatus status() {
        return stock.status(
                stock.places().values().stream()
                        .filter(place -> tooLarge(place).isEmpty())
                        .toList(),
                budget);
    }

    /**
     * Asks for a model, which {@code waiter} then holds; any thread, never waits. Tells the waiter at once when the model is there.
     *
     * @param digest of a package that is here
     * @throws EngineException {@code model_unavailable} when it is larger than the device may hold, or failed to load a moment ago;
     *     the waiter is told nothing then
     */
    public void hold(String digest, Waiter waiter) throws EngineException {
        Place place = stock.places().get(digest);
        Optional<EngineException> tooLarge = tooLarge(place);
        if (tooLarge.isPresent()) {
            throw tooLarge.get();
        }
        if (stock.hold(place, waiter)) {
            waiter.ready();
        }
    }

    /** Takes back what {@link #hold} asked for; false when the waiter was told or is about to be. */
    public boolean withdraw(String digest, Waiter waiter) {
        return stock.withdraw(stock.places().get(digest), waiter);
    }

    /** Lets a model go that {@link #hold} gave; any thread. */
    public void release(String digest) {
        stock.release(stock.places().get(digest));
    }

    @Override
    public Optional<Loan> borrow(String digest) {
        Place place = stock.places().get(digest);
        return stock.borrow(place).map(model -> new Loan(model, () -> stock.release(place)));
    }

    /**
     * Waits until somebody asks for a model and brings it; the loading thread's.
     *
     * @param lanes asked before a model leaves
     */
    public void runOnce(LaneClosing lanes) throws InterruptedException {
        Place place = stock.awaitWanted();
        try {
            Optional<List<Waiter>> settled = stock.settle(place);
            List<Waiter> served = settled.isPresent() ? settled.get() : bring(place, lanes);
            served.forEach(Waiter::ready);
        } catch (EngineException e) {
            fail(place, e);
        } catch (RuntimeException | Error e) {
            fail(
                    place,
                    new EngineException(
                            ErrorCode.MODEL_UNAVAILABLE, "Model " + place.name() + " cannot be loaded: " + e + ".", e));
        }
    }

    private List<Waiter> bring(Place place, LaneClosing lanes) throws EngineException, InterruptedException {
        for (var victim = stock.victimFor(place); victim.isPresent(); victim = stock.victimFor(place)) {
            evict(victim.get(), place, lanes);
        }
        return stock.put(place, load(place));
    }

    private LoadedModel load(Place place) throws EngineException {
        long start = System.nanoTime();
        LoadedModel model = loading.load(place.model);
        LOG.atInfo()
                .addKeyValue("model", place.name())
                .addKeyValue("digest", place.digest())
                .addKeyValue("bytes", place.bytes)
                .addKeyValue("ms", Duration.ofNanos(System.nanoTime() - start).toMillis())
                .log("model loaded");
        return model;
    }

    private void evict(Place victim, Place coming, LaneClosing lanes) throws InterruptedException {
        try {
            stock.awaitUnused(victim);
            lanes.closeLanes(victim.digest());
            // A stage may have borrowed it meanwhile for a generation that had just ended.
            stock.takeUnused(victim).close();
        } finally {
            stock.left(victim);
        }
        LOG.atInfo()
                .addKeyValue("model", victim.name())
                .addKeyValue("digest", victim.digest())
                .addKeyValue("bytes", victim.bytes)
                .addKeyValue("for", coming.name())
                .log("model evicted");
    }

    private void fail(Place place, EngineException fault) {
        LOG.atError()
                .addKeyValue("model", place.name())
                .addKeyValue("digest", place.digest())
                .setCause(fault)
                .log("model not loaded");
        stock.fail(place, new Place.Failure(fault, clock.instant().plus(FAILURE_REMEMBERED)))
                .forEach(waiter -> waiter.failed(fault));
    }

    /** Why a model can never be on this device. */
    private Optional<EngineException> tooLarge(Place place) {
        long pinned = stock.places().values().stream()
                .filter(other -> other.pinned && other != place)
                .mapToLong(other -> other.bytes)
                .sum();
        return budget.filter(bytes -> place.bytes + pinned > bytes)
                .map(bytes -> new EngineException(
                        ErrorCode.MODEL_UNAVAILABLE,
                        "Model " + place.name() + " takes about " + PackageWeights.megabytes(place.bytes)
                                + " of the device's memory, but the models there may take "
                                + PackageWeights.megabytes(bytes) + " together"
                                + (pinned == 0
                                        ? ""
                                        : ", and other pinned ones take " + PackageWeights.megabytes(pinned))
                                + "."));
    }

    /** Frees every model; nobody may use one any more. */
    @Override
    public void close() {
        stock.takeAll().forEach(LoadedModel::close);
    }
}
