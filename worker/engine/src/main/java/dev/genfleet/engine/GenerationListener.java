package dev.genfleet.engine;

import dev.genfleet.engine.fault.EngineException;
import java.util.List;

/**
 * Told about one generation, on the engine's threads: every method must return at once and never block. Exactly one of
 * {@link #finished}, {@link #canceled}, {@link #expired} and {@link #failed} comes, last, unless the engine is closed before.
 */
public interface GenerationListener {

    /**
     * A step of the slowest picture ran.
     *
     * @param step 1 for the first
     * @param steps number of steps
     */
    void stepped(int step, int steps);

    /** All pictures, in order of their index. */
    void finished(List<Picture> pictures);

    /**
     * Stopped at a step boundary because it was asked to.
     *
     * @param step steps of the slowest picture that had run
     */
    void canceled(int step);

    /** Its deadline passed before its first step; a generation that has begun, or begun before its checkpoint, never expires. */
    void expired();

    /** Ended by a fault; its code decides what becomes of the job. */
    void failed(EngineException fault);
}
