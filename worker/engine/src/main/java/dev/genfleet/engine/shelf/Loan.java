package dev.genfleet.engine.shelf;

import java.util.Objects;

/** A model that stays on the device until the loan is closed. Close it on any thread, once. */
public final class Loan implements AutoCloseable {

    private final LoadedModel model;
    private final Runnable giveBack;

    /**
     * A loan.
     *
     * @param giveBack called when it is closed
     */
    public Loan(LoadedModel model, Runnable giveBack) {
        this.model = Objects.requireNonNull(model, "model");
        this.giveBack = Objects.requireNonNull(giveBack, "giveBack");
    }

    public LoadedModel model() {
        return model;
    }

    @Override
    public void close() {
        giveBack.run();
    }
}
