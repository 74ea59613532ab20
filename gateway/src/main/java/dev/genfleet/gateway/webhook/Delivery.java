package dev.genfleet.gateway.webhook;

import dev.genfleet.gateway.view.Position;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/**
 * A delivery as its notes tell it.
 *
 * @param intent what was to be told
 * @param attempts what was tried, in order
 * @param attemptsOfSchedule attempts since the schedule began
 * @param due when the next attempt is; empty when none is
 */
record Delivery(Note.Intended intent, List<Note.Attempted> attempts, int attemptsOfSchedule, Optional<Instant> due) {

    Delivery {
        attempts = List.copyOf(attempts);
    }

    /** Folds notes in the order of the topic; the first intent counts. Empty while the intent has not arrived. */
    static Optional<Delivery> fold(SortedMap<Position, Note> notes) {
        Optional<Note.Intended> intent = notes.values().stream()
                .filter(Note.Intended.class::isInstance)
                .map(Note.Intended.class::cast)
                .findFirst();
        return intent.map(known -> fold(known, notes));
    }

    private static Delivery fold(Note.Intended intent, SortedMap<Position, Note> notes) {
        List<Note.Attempted> attempts = new ArrayList<>();
        int ofSchedule = 0;
        Optional<Instant> due = Optional.of(intent.due());
        for (Note note : notes.values()) {
            switch (note) {
                case Note.Intended ignored -> {}
                case Note.Attempted attempted -> {
                    attempts.add(attempted);
                    ofSchedule++;
                    due = attempted.next();
                }
                case Note.Asked asked -> {
                    ofSchedule = 0;
                    due = Optional.of(asked.time());
                }
            }
        }
        return new Delivery(intent, attempts, ofSchedule, due);
    }

    String id() {
        return intent.deliveryId();
    }

    Status status() {
        if (due.isPresent()) {
            return Status.PENDING;
        }
        return switch (attempts.getLast().result()) {
            case DELIVERED -> Status.DELIVERED;
            case GONE, DISABLED -> Status.DISABLED;
            case FAILED -> Status.FAILED;
        };
    }

    /** Where a delivery is. */
    enum Status {
        PENDING,
        DELIVERED,
        FAILED,
        DISABLED
    }
}
