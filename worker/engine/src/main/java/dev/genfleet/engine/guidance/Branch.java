package dev.genfleet.engine.guidance;

import dev.genfleet.engine.device.Motion;

/** What one row of a sample is conditioned on. */
public enum Branch {
    /** The label or caption; frames see each other. */
    CONDITIONAL(Motion.SHARED),
    /** The null class, or the negative or null text; frames see each other. */
    UNCONDITIONAL(Motion.SHARED),
    /** As unconditional, but each frame sees itself only. */
    MOTION_FREE(Motion.NONE);

    private final Motion motion;

    Branch(Motion motion) {
        this.motion = motion;
    }

    /** What the row's frames see; only denoisers of videos care. */
    public Motion motion() {
        return motion;
    }
}
