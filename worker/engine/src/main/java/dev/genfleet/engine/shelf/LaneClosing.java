package dev.genfleet.engine.shelf;

/** Frees what an engine has built upon a model. */
@FunctionalInterface
public interface LaneClosing {

    /**
     * Returns once nothing of the engine touches the model's networks any more; no generation holds it when this is called.
     *
     * @param digest of the model's package
     */
    void closeLanes(String digest) throws InterruptedException;
}
