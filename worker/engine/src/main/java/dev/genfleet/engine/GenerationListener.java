package dev.genfleet.engine;

import dev.genfleet.engine.fault.EngineException;
import java.util.List;

/**
 * Told about one generation, on the engine's threads: every method must return at once and never block. Exactly one of
 * {@link #finished}, {@link #canceled} and {@link #failed} comes, last, unless the engine is closed before.
 */
public interface GenerationListener {

    /**
     * A step of the slowest picture ran.
     *
     * @param step 1 for the first
     * @param steps number of steps
     */
    void stepped(int step, int steps);

    /**
     * A small picture of what is under way, of a generation that asked for {@link Generation#previews} with a model that has them;
     * before {@link #stepped} of its step. The last step's always comes.
     */
    default void preview(Preview preview) {}

    /** All pictures, in order of their index. */
    void finished(List<Picture> pictures);

    /**
     * Stopped at a step boundary because it was asked to.
     *
     * @param step steps of the slowest picture that had run
     */
    void canceled(int step);

    /** Ended by a fault; its code decides what becomes of the job. */
    void failed(EngineException fault);
}
