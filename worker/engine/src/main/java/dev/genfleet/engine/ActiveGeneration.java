package dev.genfleet.engine;

import dev.genfleet.engine.device.RowConditioning;
import dev.genfleet.engine.fault.EngineException;
import dev.genfleet.engine.guidance.Branch;
import dev.genfleet.job.GenerationSpec;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A generation under way: its samples, its progress, and its one end. The engine's thread steps it; any thread may cancel it;
 * decode threads bring its pictures.
 */
final class ActiveGeneration implements Run {

    private static final Logger LOG = LoggerFactory.getLogger(ActiveGeneration.class);

    private final Generation generation;
    private final GenerationListener listener;
    private final SamplingPlan plan;
    private final Previews previews;
    private final List<Sample> samples = new ArrayList<>();
    private final AtomicReferenceArray<Picture> pictures;
    private final AtomicInteger missingPictures;
    private final AtomicBoolean ended = new AtomicBoolean();
    private volatile boolean cancelRequested;
    private volatile Optional<Conditionings> conditionings = Optional.empty();
    private int reportedStep;

    ActiveGeneration(Generation generation, GenerationListener listener, SamplingPlan plan) {
        this(generation, listener, plan, Previews.none());
    }

    ActiveGeneration(Generation generation, GenerationListener listener, SamplingPlan plan, Previews previews) {
        this.previews = previews;
        this.generation = generation;
        this.listener = listener;
        this.plan = plan;
        int images = generation.spec().images();
        this.pictures = new AtomicReferenceArray<>(images);
        this.missingPictures = new AtomicInteger(images);
    }

    /** Draws the initial latents of all pictures, or takes them up where the checkpoint has them. */
    void begin(Instant now) {
        for (int i = 0; i < spec().images(); i++) {
            samples.add(
                    generation.checkpoint().isPresent()
                            ? new Sample(
                                    this,
                                    i,
                                    generation.checkpoint().get().samples().get(i),
                                    now)
                            : new Sample(this, i, now));
        }
    }

    Generation generation() {
        return generation;
    }

    GenerationSpec spec() {
        return generation.spec();
    }

    SamplingPlan plan() {
        return plan;
    }

    List<Sample> samples() {
        return Collections.unmodifiableList(samples);
    }

    /** Sets what its rows are conditioned on; before the loop admits it. */
    void conditionOn(Conditionings given) {
        conditionings = Optional.of(given);
    }

    /** What a row is conditioned on. */
    RowConditioning conditioning(Branch branch) {
        return conditionings.orElseThrow().of(branch);
    }

    @Override
    public void cancel() {
        cancelRequested = true;
    }

    boolean cancelRequested() {
        return cancelRequested;
    }

    boolean ended() {
        return ended.get();
    }

    /** Whether every picture's last step has run. */
    boolean denoised() {
        return slowestStep() == plan.scheduler().steps();
    }

    /** Shows what a prediction means, where that is wanted now; before its sample takes the step. */
    void show(Sample sample, float[] prediction) {
        if (previews.due(sample) && !ended()) {
            previews.take(sample, prediction).ifPresent(preview -> tell(told -> told.preview(preview)));
        }
    }

    /** Tells the listener when the slowest picture has moved. */
    void reportProgress() {
        int slowest = slowestStep();
        if (slowest > reportedStep && !ended()) {
            reportedStep = slowest;
            tell(told -> told.stepped(slowest, plan.scheduler().steps()));
        }
    }

    private int slowestStep() {
        int slowest = plan.scheduler().steps();
        for (Sample sample : samples) {
            slowest = Math.min(slowest, sample.step());
        }
        return samples.isEmpty() ? 0 : slowest;
    }

    void endCanceled() {
        if (ended.compareAndSet(false, true)) {
            int step = slowestStep();
            tell(told -> told.canceled(step));
        }
    }

    void endFailed(EngineException fault) {
        if (ended.compareAndSet(false, true)) {
            tell(told -> told.failed(fault));
        }
    }

    /** Takes a picture; the last one ends the generation. */
    void deliver(Picture picture) {
        pictures.set(picture.index(), picture);
        if (missingPictures.decrementAndGet() == 0 && ended.compareAndSet(false, true)) {
            List<Picture> all = new ArrayList<>();
            for (int i = 0; i < pictures.length(); i++) {
                all.add(pictures.get(i));
            }
            tell(told -> told.finished(List.copyOf(all)));
        }
    }

    /** A listener's fault is its own: it never reaches the loop. */
    private void tell(Consumer<GenerationListener> message) {
        try {
            message.accept(listener);
        } catch (RuntimeException e) {
            LOG.error("a listener threw job_id={}", generation.id(), e);
        }
    }
}
