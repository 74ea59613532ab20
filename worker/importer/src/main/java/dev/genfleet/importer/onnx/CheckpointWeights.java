package dev.genfleet.importer.onnx;

import dev.genfleet.importer.checkpoint.Checkpoint;
import dev.genfleet.importer.checkpoint.CheckpointException;
import dev.genfleet.importer.checkpoint.DataType;
import dev.genfleet.importer.checkpoint.StoredTensor;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.LongStream;

/**
 * What an architecture takes from a checkpoint. Whatever is missing, of the wrong shape or left over is noted and told at once, in one
 * sentence, by {@link #verify}.
 */
public final class CheckpointWeights implements Weights {

    private final Checkpoint checkpoint;
    private final Set<String> taken = new LinkedHashSet<>();
    private final Set<String> missing = new LinkedHashSet<>();
    private final Set<String> wrong = new LinkedHashSet<>();

    public CheckpointWeights(Checkpoint checkpoint) {
        this.checkpoint = checkpoint;
    }

    @Override
    public boolean has(String key) {
        return checkpoint.find(key).isPresent();
    }

    @Override
    public int rank(String key) {
        return checkpoint.find(key).map(tensor -> tensor.shape().size()).orElse(0);
    }

    /** What is returned in place of a missing or wrong one only keeps things going until {@link #verify}. */
    @Override
    public StoredTensor take(String key, long... shape) {
        List<Long> expected = LongStream.of(shape).boxed().toList();
        StoredTensor standIn = new StoredTensor(key, DataType.F32, expected, checkpoint.file(), 0);
        taken.add(key);
        if (!has(key)) {
            missing.add(key);
            return standIn;
        }
        StoredTensor found = checkpoint.find(key).orElseThrow();
        if (!found.shape().equals(expected)) {
            wrong.add(key + " has shape " + found.shape() + " where " + expected + " is expected");
            return standIn;
        }
        if (!found.type().isWeight()) {
            wrong.add(key + " has dtype " + found.type() + " where F32, F16 or BF16 is expected");
            return standIn;
        }
        return found;
    }

    /**
     * Ends the taking.
     *
     * @param model what was looked for, such as {@code dit}
     * @param ignored keys that may be left over
     * @throws CheckpointException naming every tensor that is missing, wrong or left over
     */
    public void verify(String model, Predicate<String> ignored) throws CheckpointException {
        List<String> surplus = checkpoint.tensors().stream()
                .map(StoredTensor::name)
                .filter(key -> !taken.contains(key) && !ignored.test(key))
                .toList();
        List<String> faults = new ArrayList<>();
        if (!missing.isEmpty()) {
            faults.add("missing: " + String.join(", ", missing));
        }
        if (!wrong.isEmpty()) {
            faults.add("wrong: " + String.join(", ", wrong));
        }
        if (!surplus.isEmpty()) {
            faults.add("not part of the model: " + String.join(", ", surplus));
        }
        if (!faults.isEmpty()) {
            throw new CheckpointException(
                    checkpoint.file() + " is not a whole " + model + " checkpoint; " + String.join("; ", faults));
        }
    }
}
