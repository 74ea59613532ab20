package dev.genfleet.importer.onnx;

import dev.genfleet.importer.checkpoint.DataType;
import dev.genfleet.importer.checkpoint.StoredTensor;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;

/** Takes every tensor that is asked for to be there, one after the other in a file that does not exist. */
public final class BlueprintWeights implements Weights {

    private static final Path NOWHERE = Path.of("blueprint.safetensors");

    private final Map<String, StoredTensor> taken = new LinkedHashMap<>();
    private long end;

    @Override
    public boolean has(String key) {
        return taken.containsKey(key);
    }

    @Override
    public int rank(String key) {
        return has(key) ? taken.get(key).shape().size() : 0;
    }

    @Override
    public StoredTensor take(String key, long... shape) {
        return taken.computeIfAbsent(key, absent -> {
            StoredTensor tensor = new StoredTensor(
                    key, DataType.F32, LongStream.of(shape).boxed().toList(), NOWHERE, end);
            end += tensor.length();
            return tensor;
        });
    }

    /** What was asked for, in that order. */
    public List<StoredTensor> taken() {
        return List.copyOf(taken.values());
    }
}
