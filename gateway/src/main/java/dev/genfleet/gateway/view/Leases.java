package dev.genfleet.gateway.view;

import dev.genfleet.event.GenerationEvent;
import dev.genfleet.job.LeaseId;
import java.util.Optional;

/**
 * A job's leases at one moment of its history.
 *
 * @param last the last one
 * @param held the last one, unless it ended in good order
 * @param attempts how many there were, but for those that ended in good order
 */
record Leases(Optional<LeaseId> last, Optional<LeaseId> held, int attempts) {

    static final Leases NONE = new Leases(Optional.empty(), Optional.empty(), 0);

    /** Whether an event means anything at this moment. */
    boolean count(GenerationEvent event) {
        return switch (event.type()) {
            case LEASED -> !event.lease().equals(last);
            case STARTED, RELEASED -> event.lease().equals(held);
            case FAILED ->
                event.lease().isEmpty() || last.isEmpty() || event.lease().equals(last);
            case SUCCEEDED, CANCELED, EXPIRED -> true;
        };
    }

    /** The leases after an event that counts. */
    Leases after(GenerationEvent event) {
        return switch (event.type()) {
            case LEASED -> new Leases(event.lease(), event.lease(), attempts + 1);
            case RELEASED -> new Leases(last, Optional.empty(), attempts - 1);
            case STARTED, SUCCEEDED, FAILED, CANCELED, EXPIRED -> this;
        };
    }
}
