package dev.genfleet.engine.device;

/** Whether the frames of a row attend to each other, for denoisers that can be told. */
public enum Motion {
    /** Each frame to all. */
    SHARED(1),
    /** Each frame to itself only. */
    NONE(0);

    private final int input;

    Motion(int input) {
        this.input = input;
    }

    /** What the denoiser is given for the row. */
    public int input() {
        return input;
    }
}
