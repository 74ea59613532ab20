package dev.genfleet.engine;

import dev.genfleet.engine.device.DeviceFault;
import dev.genfleet.engine.device.RowConditioning;
import dev.genfleet.engine.fault.EngineException;
import dev.genfleet.engine.shelf.LoadedModel;
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
import java.util.function.Predicate;

/**
 * The loop of one device: admit, end what is canceled, put aside or too late, choose, one forward, hand over what is denoised.
 * Everything but {@link #plan}, {@link #admit(ActiveGeneration)} and {@link #rowTables} belongs to the engine's thread.
 */
final class EngineLoop implements AutoCloseable {

    private final EngineSettings.Stepping stepping;
    private final Clocks clocks;
    private final ForwardObserver observer;
    private final DecodeStage decodeStage;
    private final StepBatcher batcher;
    private final Rooms rooms;
    private final Queue<ActiveGeneration> intake = new ConcurrentLinkedQueue<>();
    private final Queue<Leave> leaves = new ConcurrentLinkedQueue<>();
    private final List<ActiveGeneration> active = new ArrayList<>();
    private final Queue<Sample> denoised = new ArrayDeque<>();
    private final BiConsumer<Sample, Boolean> moved = this::moved;
    private final Predicate<ActiveGeneration> unwanted = this::endIfUnwanted;
    private Instant now;

    EngineLoop(
            ModelLoans models,
            EngineSettings.Stepping stepping,
            Clocks clocks,
            ForwardObserver observer,
            DecodeStage decodeStage) {
        this.stepping = stepping;
        this.clocks = clocks;
        this.observer = observer;
        this.decodeStage = decodeStage;
        this.now = clocks.instants().instant();
        this.rooms = new Rooms(models, stepping, clocks, observer);
        this.batcher = new StepBatcher(stepping.maxRows(), stepping.patience(), rooms::worthwhile, now);
    }

    /** See {@link Rooms#warmUp}; before jobs come. */
    void warmUp(LoadedModel model, RowConditioning conditioning) {
        rooms.warmUp(model, conditioning);
    }

    /** What forwards take, by rows; any thread. */
    List<RowTable> rowTables() {
        return rooms.rowTables();
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
        rooms.requireRoom(footprint);
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
            rooms.queue(next);
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
            rooms.closeLanes(leave.digest());
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
        rooms.removeQueued(unwanted);
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
        for (Optional<ActiveGeneration> next = rooms.admitNext(); next.isPresent(); next = rooms.admitNext()) {
            begin(next.get());
        }
    }

    private void begin(ActiveGeneration generation) {
        active.add(generation);
        generation.begin(now, new CheckpointPace(stepping.checkpointEvery()), rooms.previews(generation));
        for (Sample sample : generation.samples()) {
            if (sample.done()) {
                denoised.add(sample); // its checkpoint was taken while others were behind
            } else {
                batcher.add(sample);
            }
        }
    }

    /** Takes a generation out of the loop, whatever became of it. */
    private void leave(ActiveGeneration generation) {
        active.remove(generation);
        batcher.removeAll(generation);
        rooms.leave(generation);
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
        Lane lane = rooms.lane(batch.getFirst().plan().lane());
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

    @Override
    public void close() {
        rooms.close();
    }

    /** A model that is about to leave. */
    private record Leave(String digest, CompletableFuture<Void> done) {}
}
