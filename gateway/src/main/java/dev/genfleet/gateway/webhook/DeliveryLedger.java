package dev.genfleet.gateway.webhook;

import dev.genfleet.gateway.view.Position;
import dev.genfleet.job.JobId;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * All deliveries, folded from their notes. Notes may come in any order and repeatedly. Held in memory: the oldest finished ones are
 * forgotten beyond a bound, pending ones never. Any thread.
 */
@Singleton
final class DeliveryLedger {

    private static final int MOST_KEPT = 100_000;

    private final Map<String, SortedMap<Position, Note>> notes = new LinkedHashMap<>();
    private final Map<String, Delivery> deliveries = new HashMap<>();
    private final Map<JobId, Set<String>> ofJobs = new HashMap<>();
    private final Map<String, Integer> partitions = new HashMap<>();
    private final Set<String> pending = new LinkedHashSet<>();
    private final Map<Endpoint, Instant> gone = new HashMap<>();

    /** Takes a note that stands at {@code position} of the topic. */
    synchronized void apply(Position position, Note note) {
        SortedMap<Position, Note> known = notes.computeIfAbsent(note.deliveryId(), id -> new TreeMap<>());
        if (known.putIfAbsent(position, note) != null) {
            return;
        }
        partitions.put(note.deliveryId(), position.partition());
        Delivery.fold(known).ifPresent(this::keep);
        forgetOldest();
    }

    /** The delivery with this id. */
    synchronized Optional<Delivery> find(String id) {
        return Optional.ofNullable(deliveries.get(id));
    }

    /** The deliveries of a job, in order of their events. */
    synchronized List<Delivery> of(JobId id) {
        return ofJobs.getOrDefault(id, Set.of()).stream()
                .map(deliveries::get)
                .sorted(Comparator.comparing(delivery -> delivery.intent().event()))
                .toList();
    }

    /** Pending deliveries on these partitions whose time has come, the longest due first. */
    synchronized List<Delivery> due(Set<Integer> owned, Instant now) {
        return pending.stream()
                .filter(id -> owned.contains(partitions.get(id)))
                .map(deliveries::get)
                .filter(delivery ->
                        delivery.due().filter(due -> !due.isAfter(now)).isPresent())
                .sorted(Comparator.comparing(delivery -> delivery.due().orElseThrow()))
                .toList();
    }

    /** Whether the endpoint answered 410 and nothing was delivered to it since. */
    synchronized boolean disabled(Delivery delivery) {
        return gone.containsKey(Endpoint.of(delivery));
    }

    private void keep(Delivery delivery) {
        deliveries.put(delivery.id(), delivery);
        ofJobs.computeIfAbsent(delivery.intent().jobId(), id -> new HashSet<>()).add(delivery.id());
        if (delivery.due().isPresent()) {
            pending.add(delivery.id());
        } else {
            pending.remove(delivery.id());
        }
        delivery.attempts().forEach(attempt -> {
            Endpoint endpoint = Endpoint.of(delivery);
            if (attempt.result() == Note.Result.GONE) {
                gone.merge(endpoint, attempt.time(), (a, b) -> a.isAfter(b) ? a : b);
            } else if (attempt.result() == Note.Result.DELIVERED) {
                gone.computeIfPresent(endpoint, (key, since) -> since.isBefore(attempt.time()) ? null : since);
            }
        });
    }

    private void forgetOldest() {
        var oldest = notes.keySet().iterator();
        while (notes.size() > MOST_KEPT && oldest.hasNext()) {
            String id = oldest.next();
            if (!pending.contains(id)) {
                oldest.remove();
                partitions.remove(id);
                Optional.ofNullable(deliveries.remove(id))
                        .ifPresent(delivery ->
                                ofJobs.computeIfPresent(delivery.intent().jobId(), (job, ids) -> {
                                    ids.remove(id);
                                    return ids.isEmpty() ? null : ids;
                                }));
            }
        }
    }

    private record Endpoint(String tenant, String url) {
        static Endpoint of(Delivery delivery) {
            return new Endpoint(
                    delivery.intent().tenant(), delivery.intent().url().toString());
        }
    }
}
