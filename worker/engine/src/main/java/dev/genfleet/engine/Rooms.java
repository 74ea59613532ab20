package dev.genfleet.engine;

import dev.genfleet.engine.device.RowConditioning;
import dev.genfleet.engine.fault.EngineException;
import dev.genfleet.engine.guidance.Branch;
import dev.genfleet.engine.shelf.LoadedModel;
import dev.genfleet.engine.shelf.Loan;
import dev.genfleet.engine.shelf.ModelLoans;
import dev.genfleet.fault.ErrorCode;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Room for generations: open lanes, working memory, and who waits for either. Owned by the engine's thread, but for
 * {@link #requireRoom} and {@link #rowTables}.
 */
final class Rooms implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Rooms.class);

    private final ModelLoans models;
    private final EngineSettings.Stepping stepping;
    private final Clocks clocks;
    private final LaneOpening opening;
    private final Lanes lanes = new Lanes();
    private final WorkingMemory memory;
    private final AdmissionQueue waiting = new AdmissionQueue();

    Rooms(ModelLoans models, EngineSettings.Stepping stepping, Clocks clocks, ForwardObserver observer) {
        this.models = models;
        this.stepping = stepping;
        this.clocks = clocks;
        this.opening = new LaneOpening(stepping.maxRows(), observer, clocks.nanoTime());
        this.memory = new WorkingMemory(stepping.workingMemory(), lanes);
    }

    /**
     * Opens the lane of a model's usual shape, if there is room, and measures its forwards, before jobs come.
     *
     * @param conditioning of every row
     */
    void warmUp(LoadedModel model, RowConditioning conditioning) {
        LaneKey key = new LaneKey(model.manifest().digest(), model.usualShape());
        long bytes = opening.bytes(key, model.manifest());
        if (bytes > memory.budget() - lanes.bytes()) {
            LOG.warn("no working memory to warm up model={}", model.manifest().name());
            return;
        }
        try {
            Lane lane = opening.open(key, model);
            lanes.add(key, lane, bytes);
            opening.measure(key, lane, conditioning);
        } catch (RuntimeException | OutOfMemoryError e) {
            LOG.warn("no memory to warm up model={}", model.manifest().name(), e);
        }
    }

    /** What forwards take, by rows; any thread. */
    List<RowTable> rowTables() {
        return opening.tables();
    }

    /**
     * Refuses what never fits; any thread.
     *
     * @throws EngineException {@code model_unavailable}, with the numbers
     */
    void requireRoom(Footprint footprint) throws EngineException {
        if (!memory.couldHold(footprint)) {
            throw new EngineException(
                    ErrorCode.MODEL_UNAVAILABLE,
                    "This job needs " + Footprint.mebibytes(footprint.bytes()) + " MiB of working memory, "
                            + Footprint.mebibytes(footprint.lane()) + " of it for forwards of up to "
                            + stepping.maxRows() + " rows, but this worker has "
                            + Footprint.mebibytes(memory.budget()) + ".");
        }
    }

    /** Has a generation wait for room. */
    void queue(ActiveGeneration generation) {
        waiting.add(generation);
    }

    /** Takes those out that are to end instead. */
    void removeQueued(Predicate<ActiveGeneration> ends) {
        if (!waiting.isEmpty()) {
            waiting.removeIf(ends);
        }
    }

    /** The next generation that there is room for, its lane open; it stays until it leaves. */
    Optional<ActiveGeneration> admitNext() {
        while (!waiting.isEmpty()) {
            Optional<ActiveGeneration> next = waiting.next(memory::fits);
            if (next.isEmpty() || enter(next.get())) {
                return next;
            }
        }
        return Optional.empty();
    }

    private boolean enter(ActiveGeneration generation) {
        LaneKey key = generation.plan().lane();
        memory.take(generation);
        try {
            if (!lanes.has(key)) {
                open(generation, key);
            }
        } catch (RuntimeException | OutOfMemoryError e) {
            memory.giveBack(generation);
            generation.endFailed(new EngineException(
                    ErrorCode.DEVICE_UNAVAILABLE,
                    "The device has no room for the forwards of this job: " + e + ".",
                    e));
            return false;
        }
        lanes.use(key);
        return true;
    }

    /** The lane's generations hold the model, and before it leaves the lane is closed. */
    private void open(ActiveGeneration generation, LaneKey key) {
        try (Loan loan = models.borrow(key.digest()).orElseThrow()) {
            Lane lane = opening.open(key, loan.model());
            lanes.add(key, lane, generation.footprint().lane());
            if (stepping.rowChoice() == RowChoice.MEASURED) {
                opening.measure(key, lane, generation.conditioning(Branch.CONDITIONAL));
            }
        }
    }

    /** What an admitted generation shows while it is under way. */
    Previews previews(ActiveGeneration generation) {
        try (Loan loan = models.borrow(generation.plan().lane().digest()).orElseThrow()) {
            return Previews.of(generation.generation(), loan.model(), clocks.instants());
        }
    }

    /** Gives back what an admitted generation held. */
    void leave(ActiveGeneration generation) {
        memory.giveBack(generation);
        lanes.leave(generation.plan().lane());
    }

    /** An open lane. */
    Lane lane(LaneKey key) {
        return lanes.get(key);
    }

    /** How many of the first {@code count} samples of a lane are worth a forward, see {@link BatchSizing}. */
    int worthwhile(LaneKey lane, int[] rowsWith, int count) {
        return switch (stepping.rowChoice()) {
            case FULL -> count;
            case MEASURED -> lanes.get(lane).costs().worthwhile(rowsWith, count);
        };
    }

    /** Closes the lanes of a model that is about to leave, which nobody may use. */
    void closeLanes(String digest) {
        lanes.closeAll(digest);
    }

    @Override
    public void close() {
        lanes.close();
    }
}
