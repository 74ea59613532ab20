package dev.genfleet.gateway.view;

import java.util.Comparator;

/**
 * Identity of a record on Kafka.
 *
 * @param topic topic
 * @param partition partition, from 0
 * @param offset offset in the partition
 */
public record RecordId(String topic, int partition, long offset) implements Comparable<RecordId> {

    private static final Comparator<RecordId> ORDER = Comparator.comparing(RecordId::topic)
            .thenComparingInt(RecordId::partition)
            .thenComparingLong(RecordId::offset);

    /**
     * Reads {@code topic/partition/offset}.
     *
     * @throws IllegalArgumentException when the text is something else
     */
    public static RecordId parse(String text) {
        String[] parts = text.split("/", -1);
        if (parts.length != 3) {
            throw new IllegalArgumentException("record is '" + text + "', but must be topic/partition/offset");
        }
        return new RecordId(parts[0], Integer.parseInt(parts[1]), Long.parseLong(parts[2]));
    }

    @Override
    public int compareTo(RecordId other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return topic + "/" + partition + "/" + offset;
    }
}
