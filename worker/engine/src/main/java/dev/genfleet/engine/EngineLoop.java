package dev.genfleet.engine;

import dev.genfleet.engine.device.DeviceFault;
import dev.genfleet.engine.device.RowConditioning;
import dev.genfleet.engine.fault.EngineException;
import dev.genfleet.engine.guidance.Branch;
import dev.genfleet.engine.shelf.LoadedModel;
import dev.genfleet.engine.shelf.Loan;
import dev.genfleet.engine.shelf.ModelLoans;
import dev.genfleet.fault.ErrorCode;
import dev.genfleet.model.ModelManifest;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.BiConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The loop of one device: admit, end what is canceled, put aside or too late, choose, one forward, hand over what is denoised.
 * Everything but {@link #plan}, {@link #admit(ActiveGeneration)} and {@link #rowTables} belongs to the engine's thread.
 */
final class EngineLoop implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(EngineLoop.class);

    private final ModelLoans models;
    private final EngineSettings.Stepping stepping;
    private final Clocks clocks;
    private final ForwardObserver observer;
    private final DecodeStage decodeStage;
    private final StepBatcher batcher;
    private final LaneOpening opening;
    private final Lanes lanes = new Lanes();
    private final WorkingMemory memory;
    private final Queue<ActiveGeneration> intake = new ConcurrentLinkedQueue<>();
    private final Queue<Leave> leaves = new ConcurrentLinkedQueue<>();
    private final AdmissionQueue waiting = new AdmissionQueue();
    private final List<ActiveGeneration> active = new ArrayList<>();
    private final Queue<Sample> denoised = new ArrayDeque<>();
    private final BiConsumer<Sample, Boolean> moved = this::moved;
    private Instant now;

    EngineLoop(
            ModelLoans models,
            EngineSettings.Stepping stepping,
            Clocks clocks,
            ForwardObserver observer,
            DecodeStage decodeStage) {
        this.models = models;
        this.stepping = stepping;
        this.clocks = clocks;
        this.observer = observer;
        this.decodeStage = decodeStage;
        this.now = clocks.instants().instant();
        this.batcher = new StepBatcher(stepping.maxRows(), stepping.patience(), this::worthwhile, now);
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
     * Plans a generation, which then waits for {@link #admit(ActiveGeneration)}; any thread.
     *
     * @throws EngineException when the model cannot run the spec, or this engine never has room for it
     */
    ActiveGeneration plan(Generation generation, GenerationListener listener, ModelManifest model)
            throws EngineException {
        SamplingPlan plan = SamplingPlan.of(generation.spec(), model);
        Footprint footprint = Footprint.of(plan, generation.spec().images(), model, stepping.maxRows());
        ActiveGeneration planned = new ActiveGeneration(generation, listener, plan, footprint);
        if (planned.plan().mostRows() > stepping.maxRows()) {
            throw new EngineException(
                    ErrorCode.MODEL_UNAVAILABLE,
                    "Each output of this job takes " + planned.plan().mostRows()
                            + " rows of a forward, but this worker's forwards have " + stepping.maxRows() + ".");
        }
        if (!memory.couldHold(footprint)) {
            throw new EngineException(
                    ErrorCode.MODEL_UNAVAILABLE,
                    "This job needs " + Footprint.mebibytes(footprint.bytes()) + " MiB of working memory, "
                            + Footprint.mebibytes(footprint.lane()) + " of it for forwards of up to "
                            + stepping.maxRows() + " rows, but this worker has "
                            + Footprint.mebibytes(memory.budget()) + ".");
        }
        planned.plan().ofClasses().ifPresent(planned::conditionOn);
        return planned;
    }

    /** Queues a generation whose conditioning is there, or that was told to stop before, for admission; any thread. */
    void admit(ActiveGeneration generation) {
        intake.add(generation);
    }

    /**
     * One turn of the loop, at most one forward.
     *
     * @return whether there may be more to do at once; otherwise wait for a submission or for room in the decode queue
     */
    boolean runOnce() {
        long start = clocks.nanoTime().getAsLong();
        now = clocks.instants().instant();
        for (ActiveGeneration next = intake.poll(); next != null; next = intake.poll()) {
            waiting.add(next);
        }
        int leaving = leaves.size();
        endUnwanted();
        closeLanes(leaving);
        handOver();
        admitWhatFits();
        handOver();
        List<Sample> batch = batcher.choose(now);
        if (batch.isEmpty()) {
            return false;
        }
        long forwardNanos = advance(batch);
        handOver();
        observer.turned(clocks.nanoTime().getAsLong() - start, forwardNanos);
        return true;
    }

    /**
     * Asks for an end of the lanes of a model that no generation holds any more, so that the model can leave; any thread.
     *
     * @return done once nothing here touches the model's networks
     */
    CompletableFuture<Void> closeLanes(String digest) {
        Leave leave = new Leave(digest, new CompletableFuture<>());
        leaves.add(leave);
        return leave.done();
    }

    /** Those asked for before ended generations were let go, so that no sample of such a model is left to choose. */
    private void closeLanes(int asked) {
        for (int i = 0; i < asked; i++) {
            Leave leave = leaves.remove();
            lanes.closeAll(leave.digest());
            leave.done().complete(null);
        }
    }

    /** Ends every generation under way, after a fault that nothing else has caught. */
    void failAll(Throwable cause) {
        while (!active.isEmpty()) {
            ActiveGeneration generation = active.getLast();
            leave(generation);
            generation.endFailed(new EngineException(ErrorCode.INTERNAL, "The engine failed: " + cause + ".", cause));
        }
    }

    private void endUnwanted() {
        if (!waiting.isEmpty()) {
            waiting.removeIf(this::endIfUnwanted);
        }
        for (int i = active.size() - 1; i >= 0; i--) {
            ActiveGeneration generation = active.get(i);
            if (endIfUnwanted(generation)) {
                leave(generation);
            }
        }
    }

    private boolean endIfUnwanted(ActiveGeneration generation) {
        if (generation.stopRequested() && !generation.denoised()) {
            generation.endStopped();
        } else if (generation.tooLateAt(now)) {
            generation.endExpired();
        }
        return generation.ended();
    }

    private void admitWhatFits() {
        while (!waiting.isEmpty()) {
            Optional<ActiveGeneration> next = waiting.next(memory::fits);
            if (next.isEmpty()) {
                return;
            }
            begin(next.get());
        }
    }

    private void begin(ActiveGeneration generation) {
        LaneKey key = generation.plan().lane();
        memory.take(generation);
        try {
            if (!lanes.has(key)) {
                Lane lane = open(key);
                lanes.add(key, lane, generation.footprint().lane());
                if (stepping.rowChoice() == RowChoice.MEASURED) {
                    opening.measure(key, lane, generation.conditioning(Branch.CONDITIONAL));
                }
            }
        } catch (RuntimeException | OutOfMemoryError e) {
            memory.giveBack(generation);
            generation.endFailed(new EngineException(
                    ErrorCode.DEVICE_UNAVAILABLE,
                    "The device has no room for the forwards of this job: " + e + ".",
                    e));
            return;
        }
        lanes.use(key);
        active.add(generation);
        generation.begin(now, new CheckpointPace(stepping.checkpointEvery()), previews(generation));
        for (Sample sample : generation.samples()) {
            if (sample.done()) {
                denoised.add(sample); // its checkpoint was taken while others were behind
            } else {
                batcher.add(sample);
            }
        }
    }

    private Previews previews(ActiveGeneration generation) {
        try (Loan loan = models.borrow(generation.plan().lane().digest()).orElseThrow()) {
            return Previews.of(generation.generation(), loan.model(), clocks.instants());
        }
    }

    /** Takes a generation out of the loop, whatever became of it. */
    private void leave(ActiveGeneration generation) {
        active.remove(generation);
        batcher.removeAll(generation);
        memory.giveBack(generation);
        lanes.leave(generation.plan().lane());
    }

    private void handOver() {
        while (!denoised.isEmpty()) {
            Sample sample = denoised.element();
            ActiveGeneration generation = sample.generation();
            if (!generation.ended() && !decodeStage.offer(sample)) {
                return;
            }
            denoised.remove();
            if (generation.denoised() && !isWaitedFor(generation) && active.contains(generation)) {
                leave(generation);
            }
        }
    }

    private boolean isWaitedFor(ActiveGeneration generation) {
        for (Sample sample : denoised) {
            if (sample.generation() == generation) {
                return true;
            }
        }
        return false;
    }

    /** Returns the nanoseconds within the device. */
    private long advance(List<Sample> batch) {
        Lane lane = lanes.get(batch.getFirst().plan().lane());
        try {
            long took = lane.advance(batch, moved);
            report(batch);
            return took;
        } catch (DeviceFault e) {
            return retryAlone(lane, batch);
        }
    }

    /** No sample of the batch has moved, so each generation can take the same step alone. */
    private long retryAlone(Lane lane, List<Sample> batch) {
        Map<ActiveGeneration, List<Sample>> byGeneration = new LinkedHashMap<>();
        for (Sample sample : batch) {
            byGeneration
                    .computeIfAbsent(sample.generation(), _ -> new ArrayList<>())
                    .add(sample);
        }
        long took = 0;
        for (Map.Entry<ActiveGeneration, List<Sample>> each : byGeneration.entrySet()) {
            ActiveGeneration generation = each.getKey();
            List<Sample> samples = each.getValue();
            try {
                took += lane.advance(samples, moved);
                report(samples);
            } catch (DeviceFault e) {
                fail(
                        generation,
                        new EngineException(
                                ErrorCode.DENOISER_FAULT,
                                "The denoiser of model " + generation.spec().model() + " could not run step "
                                        + (samples.getFirst().step() + 1) + " of "
                                        + generation.plan().scheduler().steps() + ", also for this job alone: "
                                        + e.getMessage(),
                                e));
            }
        }
        return took;
    }

    private void moved(Sample sample, boolean finite) {
        sample.movedAt(now);
        if (!finite) {
            fail(
                    sample.generation(),
                    new EngineException(
                            ErrorCode.NUMERICAL_FAULT,
                            "The latents of picture " + sample.index() + " are not finite numbers after step "
                                    + sample.step() + " of "
                                    + sample.plan().steps() + "; model "
                                    + sample.generation().spec().model() + " diverges with these settings."));
        } else if (sample.done() && !sample.generation().ended()) {
            batcher.remove(sample);
            denoised.add(sample);
        }
    }

    private void report(List<Sample> moved) {
        for (int i = 0; i < moved.size(); i++) {
            ActiveGeneration generation = moved.get(i).generation();
            generation.reportProgress();
            generation.checkpointIfDue(now);
        }
    }

    /** The next turn takes it out of the loop. */
    private void fail(ActiveGeneration generation, EngineException fault) {
        batcher.removeAll(generation);
        generation.endFailed(fault);
    }

    private int worthwhile(LaneKey lane, int[] rowsWith, int count) {
        return switch (stepping.rowChoice()) {
            case FULL -> count;
            case MEASURED -> lanes.get(lane).costs().worthwhile(rowsWith, count);
        };
    }

    /** The lane's generations hold the model, and before it leaves the lane is closed. */
    private Lane open(LaneKey key) {
        try (Loan loan = models.borrow(key.digest()).orElseThrow()) {
            return opening.open(key, loan.model());
        }
    }

    @Override
    public void close() {
        lanes.close();
    }

    /** A model that is about to leave. */
    private record Leave(String digest, CompletableFuture<Void> done) {}
}
