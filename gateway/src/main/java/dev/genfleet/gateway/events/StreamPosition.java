package dev.genfleet.gateway.events;

import dev.genfleet.gateway.view.Position;
import java.util.Optional;

/**
 * How much of a stream a client has seen: {@code partition-offset} of a durable event, with {@code .step} for progress after it.
 *
 * @param event the last durable event
 * @param step the last step of progress after it, 0 when none
 */
record StreamPosition(Position event, int step) {

    /** Nothing seen. */
    static final StreamPosition START = new StreamPosition(Position.NONE, 0);

    /** Reads a {@code Last-Event-ID}; anything that is none means the start, as events are idempotent. */
    static StreamPosition parse(Optional<String> lastEventId) {
        return lastEventId.flatMap(StreamPosition::read).orElse(START);
    }

    private static Optional<StreamPosition> read(String text) {
        int dot = text.indexOf('.');
        if (dot < 0) {
            return Position.parse(text).map(StreamPosition::at);
        }
        String step = text.substring(dot + 1);
        return step.matches("[0-9]{1,9}")
                ? Position.parse(text.substring(0, dot)).map(event -> new StreamPosition(event, Integer.parseInt(step)))
                : Optional.empty();
    }

    static StreamPosition at(Position event) {
        return new StreamPosition(event, 0);
    }

    StreamPosition withStep(int newStep) {
        return new StreamPosition(event, newStep);
    }

    /** The {@code id:} of the event that leads here. */
    String id() {
        return step == 0 ? event.toString() : event + "." + step;
    }
}
