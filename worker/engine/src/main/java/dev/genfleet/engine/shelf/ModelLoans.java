package dev.genfleet.engine.shelf;

import java.util.Optional;

/** Lends models to the stages of the pipeline. */
@FunctionalInterface
public interface ModelLoans {

    /**
     * Lends a model that a generation holds; any thread, never waits. Empty only when that generation has ended meanwhile and its
     * model has left the device, so that there is nothing left to do for it.
     *
     * @param digest of its package
     */
    Optional<Loan> borrow(String digest);
}
