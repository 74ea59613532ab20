package dev.genfleet.gateway.view;

import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.Optional;

/** What the projector says about the view. Written by its thread only, read by any. */
@Singleton
public final class ViewStatus {

    private volatile Optional<String> builtEpoch = Optional.empty();
    private volatile Instant lastPass = Instant.EPOCH;

    /** The epoch of which this gateway knows that it holds everything; empty while the view is being rebuilt. */
    public Optional<String> builtEpoch() {
        return builtEpoch;
    }

    /** When the projector last went through Kafka and Redis without a fault. */
    public Instant lastPass() {
        return lastPass;
    }

    /** The view of {@code epoch} is complete. */
    public void built(String epoch) {
        builtEpoch = Optional.of(epoch);
    }

    /** The view is being rebuilt. */
    public void rebuilding() {
        builtEpoch = Optional.empty();
    }

    /** A pass ended without a fault. */
    public void passed(Instant now) {
        lastPass = now;
    }
}
