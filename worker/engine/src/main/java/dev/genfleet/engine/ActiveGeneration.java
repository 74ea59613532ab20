package dev.genfleet.engine;

import dev.genfleet.engine.device.RowConditioning;
import dev.genfleet.engine.fault.EngineException;
import dev.genfleet.engine.guidance.Branch;
import dev.genfleet.job.GenerationSpec;
import java.time.Duration;
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
 * A generation under way: its samples, its progress, and its one end. The engine's thread steps it; any thread may cancel or suspend it;
 * decode threads bring its pictures.
 */
final class ActiveGeneration implements Run {

    private static final Logger LOG = LoggerFactory.getLogger(ActiveGeneration.class);

    private final Generation generation;
    private final GenerationListener listener;
    private final SamplingPlan plan;
    private final Footprint footprint;
    private final List<Sample> samples = new ArrayList<>();
    private final AtomicReferenceArray<Picture> pictures;
    private final AtomicInteger missingPictures;
    private final AtomicBoolean ended = new AtomicBoolean();
    private volatile boolean cancelRequested;
    private volatile boolean suspendRequested;
    private volatile Optional<Conditionings> conditionings = Optional.empty();
    private volatile Runnable atEnd = () -> {};
    private CheckpointPace pace = new CheckpointPace(Duration.ZERO);
    private Previews previews = Previews.none();
    private int reportedStep;

    ActiveGeneration(Generation generation, GenerationListener listener, SamplingPlan plan, Footprint footprint) {
        this.generation = generation;
        this.listener = listener;
        this.plan = plan;
        this.footprint = footprint;
        int images = generation.spec().images();
        this.pictures = new AtomicReferenceArray<>(images);
        this.missingPictures = new AtomicInteger(images);
    }

    /** Draws the initial latents of all pictures, or takes them up where the checkpoint has them, if it fits. */
    void begin(Instant now, CheckpointPace checkpointPace, Previews wanted) {
        pace = checkpointPace;
        previews = wanted;
        Optional<Checkpoint> checkpoint = generation.checkpoint().filter(this::fits);
        for (int i = 0; i < spec().images(); i++) {
            samples.add(
                    checkpoint.isPresent()
                            ? Sample.resumed(this, i, checkpoint.get().samples().get(i), now)
                            : new Sample(this, i, now));
        }
        reportedStep = slowestStep();
        pace.begin(now, stepsOfAll());
        checkpoint.ifPresent(found -> LOG.info(
                "resumed job_id={} step={} steps={}",
                generation.id(),
                found.step(),
                plan.scheduler().steps()));
    }

    private boolean fits(Checkpoint checkpoint) {
        Optional<String> misfit = checkpoint.misfit(plan, spec().images());
        misfit.ifPresent(
                reason -> LOG.warn("checkpoint ignored, starting over job_id={}: {}", generation.id(), reason));
        return misfit.isEmpty();
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

    /** Working memory that it needs. */
    Footprint footprint() {
        return footprint;
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

    /** Has {@code action} run when it ends, just before its listener is told; set before it can end. */
    void atEnd(Runnable action) {
        atEnd = action;
    }

    @Override
    public void cancel() {
        cancelRequested = true;
    }

    @Override
    public void suspend() {
        suspendRequested = true;
    }

    /** Whether it shall not move any more. */
    boolean stopRequested() {
        return cancelRequested || suspendRequested;
    }

    boolean ended() {
        return ended.get();
    }

    /** Whether some picture has made a step, in this attempt or in the one whose checkpoint it has. */
    boolean started() {
        for (Sample sample : samples) {
            if (sample.step() > 0) {
                return true;
            }
        }
        return samples.isEmpty()
                && generation.checkpoint().isPresent()
                && generation.checkpoint().get().stepsOfAll() > 0
                && fits(generation.checkpoint().get());
    }

    /** Whether it may no longer start. */
    boolean tooLateAt(Instant now) {
        return generation.deadline().isPresent()
                && !now.isBefore(generation.deadline().get())
                && !started();
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

    /** Tells the listener where the generation is, when it is time to. */
    void checkpointIfDue(Instant now) {
        long done = stepsOfAll();
        if (!ended() && pace.due(now, done, (long) samples.size() * plan.steps())) {
            Checkpoint checkpoint = checkpoint();
            tell(told -> told.checkpointed(checkpoint));
        }
    }

    private Checkpoint checkpoint() {
        return new Checkpoint(samples.stream().map(Sample::state).toList());
    }

    private long stepsOfAll() {
        long steps = 0;
        for (Sample sample : samples) {
            steps += sample.step();
        }
        return steps;
    }

    private int slowestStep() {
        int slowest = plan.scheduler().steps();
        for (Sample sample : samples) {
            slowest = Math.min(slowest, sample.step());
        }
        return samples.isEmpty() ? 0 : slowest;
    }

    /** Ends it as it was asked to stop. */
    void endStopped() {
        if (ended()) {
            return;
        }
        if (cancelRequested) {
            int step = slowestStep();
            end(told -> told.canceled(step));
        } else {
            Optional<Checkpoint> reached = samples.isEmpty()
                    ? generation.checkpoint().filter(this::fits)
                    : Optional.of(checkpoint()).filter(checkpoint -> checkpoint.stepsOfAll() > 0);
            end(told -> told.suspended(reached));
        }
    }

    void endExpired() {
        end(GenerationListener::expired);
    }

    void endFailed(EngineException fault) {
        end(told -> told.failed(fault));
    }

    /** Takes a picture; the last one ends the generation. */
    void deliver(Picture picture) {
        pictures.set(picture.index(), picture);
        if (missingPictures.decrementAndGet() == 0) {
            List<Picture> all = new ArrayList<>();
            for (int i = 0; i < pictures.length(); i++) {
                all.add(pictures.get(i));
            }
            end(told -> told.finished(List.copyOf(all)));
        }
    }

    /** Its one end. */
    private void end(Consumer<GenerationListener> message) {
        if (ended.compareAndSet(false, true)) {
            atEnd.run();
            tell(message);
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
