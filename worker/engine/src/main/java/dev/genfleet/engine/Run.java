package dev.genfleet.engine;

/** A generation that was submitted. */
public interface Run {

    /**
     * Asks to stop it at the next step boundary; returns at once, any number of times. A generation whose last step has run is
     * finished nevertheless.
     */
    void cancel();
}
