package dev.genfleet.worker.job;

import dev.genfleet.engine.Generation;
import dev.genfleet.engine.GenerationListener;
import dev.genfleet.engine.Run;
import dev.genfleet.engine.fault.EngineException;

/** What makes pictures: the engine, or a script in tests. */
@FunctionalInterface
public interface Generator {

    /**
     * Starts a generation; returns at once. The listener is told on other threads, and at the end exactly once.
     *
     * @throws EngineException when it cannot be run here; the listener is told nothing then
     */
    Run submit(Generation generation, GenerationListener listener) throws EngineException;
}
