package dev.genfleet.event;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The types of events, with their names on Kafka and in webhooks. */
public enum EventType {
    LEASED(GenerationEvent.Leased.class),
    STARTED(GenerationEvent.Started.class),
    RELEASED(GenerationEvent.Released.class),
    SUCCEEDED(GenerationEvent.Succeeded.class),
    FAILED(GenerationEvent.Failed.class),
    CANCELED(GenerationEvent.Canceled.class),
    EXPIRED(GenerationEvent.Expired.class);

    private final Class<? extends GenerationEvent> dataClass;

    EventType(Class<? extends GenerationEvent> dataClass) {
        this.dataClass = dataClass;
    }

    /** The type whose {@link #ceType} this is. */
    public static Optional<EventType> ofCeType(String ceType) {
        return Arrays.stream(values())
                .filter(type -> type.ceType().equals(ceType))
                .findFirst();
    }

    /** {@code ce_type} of the record, such as {@code genfleet.generation.leased.v1}. */
    public String ceType() {
        return "genfleet." + dottedName() + ".v1";
    }

    /** Name in webhooks and event streams, such as {@code generation.succeeded}. */
    public String dottedName() {
        return "generation." + name().toLowerCase(Locale.ROOT);
    }

    /** Whether a job ends with it. */
    public boolean terminal() {
        return switch (this) {
            case LEASED, STARTED, RELEASED -> false;
            case SUCCEEDED, FAILED, CANCELED, EXPIRED -> true;
        };
    }

    /** The record class that holds the data. */
    public Class<? extends GenerationEvent> dataClass() {
        return dataClass;
    }
}
