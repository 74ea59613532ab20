package dev.genfleet.worker.job;

import dev.genfleet.engine.Generation;
import dev.genfleet.engine.GenerationListener;
import dev.genfleet.engine.Run;

/** What makes pictures: the engine, or a script in tests. */
@FunctionalInterface
public interface Generator {

    /** Starts a generation; returns at once. The listener is told on other threads, and at the end exactly once. */
    Run submit(Generation generation, GenerationListener listener);
}
