package dev.genfleet.engine.shelf;

import dev.genfleet.engine.fault.EngineException;

/** Somebody who needs a model. Told once, on the caller's or the loading thread; must return at once. */
public interface Waiter {

    /** The model is there and stays until the waiter lets it go with {@link ModelShelf#release}. */
    void ready();

    /** The model could not be loaded. */
    void failed(EngineException fault);
}
