package dev.genfleet.gateway.view;

import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where an event stands on the topic of events. All events of a job share a partition, so the order of positions is the order
 * in which Kafka took them.
 *
 * @param partition partition, from 0
 * @param offset offset in the partition
 */
public record Position(int partition, long offset) implements Comparable<Position> {

    /** Before every event. */
    public static final Position NONE = new Position(0, -1);

    private static final Pattern FORM = Pattern.compile("([0-9]{1,9})[-:]([0-9]{1,18})");
    private static final Comparator<Position> ORDER =
            Comparator.comparingInt(Position::partition).thenComparingLong(Position::offset);

    /** Reads {@code partition-offset}; empty when the text is something else. */
    public static Optional<Position> parse(String text) {
        Matcher matcher = FORM.matcher(text);
        return matcher.matches()
                ? Optional.of(new Position(Integer.parseInt(matcher.group(1)), Long.parseLong(matcher.group(2))))
                : Optional.empty();
    }

    @Override
    public int compareTo(Position other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return partition + "-" + offset;
    }
}
