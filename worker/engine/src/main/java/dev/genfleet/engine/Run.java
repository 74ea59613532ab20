package dev.genfleet.engine;

/** A generation that was submitted. */
public interface Run {

    /**
     * Asks to stop it at the next step boundary; returns at once, any number of times. A generation whose last step has run is
     * finished nevertheless.
     */
    void cancel();

    /**
     * Asks to put it aside at the next step boundary, so that it can go on elsewhere; returns at once, any number of times. Its
     * listener is told {@link GenerationListener#suspended} then. A generation whose last step has run is finished nevertheless;
     * one that is also canceled is canceled.
     */
    void suspend();
}
