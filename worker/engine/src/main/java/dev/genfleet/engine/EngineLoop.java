package dev.genfleet.engine;

import dev.genfleet.engine.device.DeviceFault;
import dev.genfleet.engine.fault.EngineException;
import dev.genfleet.fault.ErrorCode;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * The loop of one device: admit, stop what is canceled, choose, one forward, hand over what is denoised. Everything but
 * {@link #plan} and {@link #admit(ActiveGeneration)} belongs to the engine's thread.
 */
final class EngineLoop implements AutoCloseable {

    private final Map<String, LoadedModel> models;
    private final EngineSettings settings;
    private final InstantSource clock;
    private final ForwardObserver observer;
    private final DecodeStage decodeStage;
    private final StepBatcher batcher;
    private final Queue<ActiveGeneration> intake = new ConcurrentLinkedQueue<>();
    private final List<ActiveGeneration> active = new ArrayList<>();
    private final Queue<Sample> denoised = new ArrayDeque<>();
    private final Map<LaneKey, Lane> lanes = new HashMap<>();

    EngineLoop(
            Map<String, LoadedModel> models,
            EngineSettings settings,
            InstantSource clock,
            ForwardObserver observer,
            DecodeStage decodeStage) {
        this.models = Map.copyOf(models);
        this.settings = settings;
        this.clock = clock;
        this.observer = observer;
        this.decodeStage = decodeStage;
        this.batcher = new StepBatcher(settings.maxRows(), settings.patience(), clock.instant());
    }

    /**
     * Plans a generation, which then waits for {@link #admit(ActiveGeneration)}; any thread.
     *
     * @throws EngineException when the model is not here or cannot run the spec
     */
    ActiveGeneration plan(Generation generation, GenerationListener listener) throws EngineException {
        LoadedModel model = models.get(generation.spec().modelDigest());
        if (model == null) {
            throw new EngineException(
                    ErrorCode.MODEL_UNAVAILABLE,
                    "This worker has no model " + generation.spec().model() + " of digest "
                            + generation.spec().modelDigest() + ".");
        }
        ActiveGeneration planned = new ActiveGeneration(
                generation,
                listener,
                SamplingPlan.of(generation.spec(), model.manifest()),
                Previews.of(generation, model, clock));
        if (planned.plan().mostRows() > settings.maxRows()) {
            throw new EngineException(
                    ErrorCode.MODEL_UNAVAILABLE,
                    "Each output of this job takes " + planned.plan().mostRows()
                            + " rows of a forward, but this worker's forwards have " + settings.maxRows() + ".");
        }
        planned.plan().ofClasses().ifPresent(planned::conditionOn);
        return planned;
    }

    /** Queues a generation whose conditioning is there, or that was canceled before, for admission; any thread. */
    void admit(ActiveGeneration generation) {
        intake.add(generation);
    }

    /**
     * One turn of the loop, at most one forward.
     *
     * @return whether there may be more to do at once; otherwise wait for a submission or for room in the decode queue
     */
    boolean runOnce() {
        admit();
        stopCanceled();
        handOver();
        List<Sample> batch = batcher.choose(clock.instant());
        if (batch.isEmpty()) {
            return false;
        }
        advance(batch);
        handOver();
        active.removeIf(generation -> generation.ended() || generation.denoised());
        return true;
    }

    /** Ends every generation under way, after a fault that nothing else has caught. */
    void failAll(Throwable cause) {
        for (ActiveGeneration generation : active) {
            batcher.removeAll(generation);
            generation.endFailed(new EngineException(ErrorCode.INTERNAL, "The engine failed: " + cause + ".", cause));
        }
        active.clear();
    }

    private void admit() {
        Instant now = clock.instant();
        for (ActiveGeneration next = intake.poll(); next != null; next = intake.poll()) {
            active.add(next);
            next.begin(now);
            next.samples().forEach(batcher::add);
        }
    }

    private void stopCanceled() {
        for (Iterator<ActiveGeneration> all = active.iterator(); all.hasNext(); ) {
            ActiveGeneration generation = all.next();
            if (generation.cancelRequested()) {
                generation.endCanceled();
            }
            if (generation.ended()) {
                batcher.removeAll(generation);
                all.remove();
            }
        }
    }

    private void handOver() {
        while (!denoised.isEmpty() && decodeStage.offer(denoised.element())) {
            denoised.remove();
        }
    }

    private void advance(List<Sample> batch) {
        Lane lane = lanes.computeIfAbsent(batch.getFirst().plan().lane(), this::open);
        try {
            lane.advance(batch, this::moved);
            reportProgress(batch);
        } catch (DeviceFault e) {
            retryAlone(lane, batch);
        }
    }

    /** No sample of the batch has moved, so each generation can take the same step alone. */
    private void retryAlone(Lane lane, List<Sample> batch) {
        Map<ActiveGeneration, List<Sample>> byGeneration = new LinkedHashMap<>();
        for (Sample sample : batch) {
            byGeneration
                    .computeIfAbsent(sample.generation(), _ -> new ArrayList<>())
                    .add(sample);
        }
        byGeneration.forEach((generation, samples) -> {
            try {
                lane.advance(samples, this::moved);
                reportProgress(samples);
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
        });
    }

    private void moved(Sample sample, boolean finite) {
        sample.movedAt(clock.instant());
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

    private void reportProgress(List<Sample> moved) {
        for (Sample sample : moved) {
            sample.generation().reportProgress();
        }
    }

    private void fail(ActiveGeneration generation, EngineException fault) {
        batcher.removeAll(generation);
        generation.endFailed(fault);
    }

    private Lane open(LaneKey key) {
        LoadedModel model = models.get(key.digest());
        return new Lane(key.shape(), model.denoiser().prepare(key.shape(), settings.maxRows()), observer);
    }

    @Override
    public void close() {
        lanes.values().forEach(Lane::close);
        lanes.clear();
    }
}
