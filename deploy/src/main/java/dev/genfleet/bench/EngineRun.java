package dev.genfleet.bench;

import dev.genfleet.engine.Checkpoint;
import dev.genfleet.engine.Engine;
import dev.genfleet.engine.EngineSettings;
import dev.genfleet.engine.Generation;
import dev.genfleet.engine.GenerationListener;
import dev.genfleet.engine.Run;
import dev.genfleet.engine.fault.EngineException;
import dev.genfleet.job.Priority;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** The engine in this process, without the fleet around it, and one model. */
final class EngineRun implements AutoCloseable {

    private final BenchedModel model;
    private final ForwardTimes forwards = new ForwardTimes();
    private final Engine engine;
    private final AtomicInteger submitted = new AtomicInteger();

    private EngineRun(BenchedModel model, EngineSettings settings) throws EngineException {
        this.model = model;
        this.engine = Engine.start(settings, model.packages(), forwards);
    }

    static EngineRun open(BenchedModel model, EngineSettings settings) throws EngineException {
        return new EngineRun(model, settings);
    }

    /** Runs one job that nobody times. */
    void warmUp(int steps) throws Exception {
        var unused = submit(steps, Priority.STANDARD).seconds().get();
    }

    /** Submits one guided picture; it arrived now. */
    TimedGeneration submit(int steps, Priority priority) throws EngineException {
        TimedGeneration timed = new TimedGeneration();
        submit(timed, steps, priority);
        return timed;
    }

    /** Submits one guided picture that arrived before. */
    void submit(TimedGeneration timed, int steps, Priority priority) throws EngineException {
        int number = submitted.getAndIncrement();
        engine.submit(
                new Generation("job-" + number, model.spec(number, steps), priority, Instant.ofEpochMilli(number)),
                timed);
    }

    /** Submits always the same picture, from noise or from where it was put aside. */
    Run submit(int steps, Optional<Checkpoint> checkpoint, GenerationListener listener) throws EngineException {
        Instant now = Instant.ofEpochMilli(submitted.getAndIncrement());
        return engine.submit(
                new Generation(
                        "resumed", model.spec(0, steps), Priority.STANDARD, now, Optional.empty(), false, checkpoint),
                listener);
    }

    /** What forwards took since {@link ForwardTimes#reset}. */
    ForwardTimes forwards() {
        return forwards;
    }

    @Override
    public void close() {
        engine.close();
    }
}
