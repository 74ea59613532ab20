package dev.genfleet.importer.checkpoint;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Collects where shards and their index disagree, to tell it at once. */
final class ShardFaults {

    private final Path index;
    private final List<String> missingShards;
    private final List<String> missing = new ArrayList<>();
    private final List<String> twice = new ArrayList<>();
    private final List<String> elsewhere = new ArrayList<>();
    private final List<String> surplus = new ArrayList<>();

    ShardFaults(Path index, List<String> missingShards) {
        this.index = index;
        this.missingShards = missingShards;
    }

    /** Compares where a key was found with where the index expects it; {@code expected} is empty where it does not list it. */
    void check(String key, List<StoredTensor> found, Optional<String> expected) {
        String shown = Shown.text(key);
        List<String> names = found.stream().map(ShardFaults::shard).toList();
        if (expected.isEmpty()) {
            surplus.add(shown + " (" + String.join(" and ", names) + ")");
        } else if (found.size() > 1) {
            twice.add(shown + " (" + String.join(" and ", names) + ")");
        } else if (!names.getFirst().equals(expected.get())) {
            elsewhere.add(shown + " (" + names.getFirst() + ", not " + Shown.text(expected.get()) + ")");
        }
    }

    /** A key of the index that no shard has; not worth telling where its shard is missing, which is told already. */
    void missing(String key, String shard) {
        if (!missingShards.contains(Shown.text(shard))) {
            missing.add(Shown.text(key) + " (" + Shown.text(shard) + ")");
        }
    }

    void verify() throws CheckpointException {
        List<String> faults = new ArrayList<>();
        tell("missing shards: ", missingShards).ifPresent(faults::add);
        tell("missing tensors: ", missing).ifPresent(faults::add);
        tell("in more than one shard: ", twice).ifPresent(faults::add);
        tell("in another shard: ", elsewhere).ifPresent(faults::add);
        tell("not in the index: ", surplus).ifPresent(faults::add);
        if (!faults.isEmpty()) {
            throw new CheckpointException(index + " does not agree with its shards; " + String.join("; ", faults));
        }
    }

    private static Optional<String> tell(String what, List<String> names) {
        return names.isEmpty() ? Optional.empty() : Optional.of(what + String.join(", ", names));
    }

    private static String shard(StoredTensor tensor) {
        return String.valueOf(tensor.file().getFileName());
    }
}
