package dev.genfleet.engine;

import dev.genfleet.engine.fault.EngineException;
import java.util.List;
import java.util.Optional;

/**
 * Told about one generation, on the engine's threads: every method must return at once and never block. Exactly one of
 * {@link #finished}, {@link #canceled}, {@link #suspended}, {@link #expired} and {@link #failed} comes, last, unless the engine is
 * closed before.
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
     * Where it is between two steps, told now and then (see {@link EngineSettings.Stepping#checkpointEvery}) for whoever wants to go on
     * from there after a crash. Whatever takes time belongs to another thread.
     */
    default void checkpointed(Checkpoint checkpoint) {
        // A listener that keeps none starts over.
    }

    /**
     * A small picture of what is under way, of a generation that asked for {@link Generation#previews} with a model that has them;
     * before {@link #stepped} of its step. The last step's always comes.
     */
    default void preview(Preview preview) {
        // A listener that shows none needs none.
    }

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
    /**
     * Put aside at a step boundary because it was asked to.
     *
     * @param checkpoint where it goes on; empty when no step has run
     */
    default void suspended(Optional<Checkpoint> checkpoint) {
        // Only told to listeners whose run was asked to.
    }

    /** Ended by a fault; its code decides what becomes of the job. */
    void failed(EngineException fault);
}
