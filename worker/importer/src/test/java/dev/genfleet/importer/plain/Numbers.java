package dev.genfleet.importer.plain;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.genfleet.importer.Golden;
import dev.genfleet.importer.Tensor;
import dev.genfleet.importer.checkpoint.Checkpoint;
import dev.genfleet.importer.family.Architecture;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/** Goldens as the plain reading takes them. */
final class Numbers {

    private Numbers() {}

    static Checkpoint checkpoint(String resource) throws Exception {
        return Checkpoint.open(Golden.path(resource));
    }

    static JsonNode json(String resource) throws Exception {
        return new JsonMapper().readTree(Golden.path(resource).toFile());
    }

    static PlainTensor of(Tensor tensor) {
        double[] values = new double[tensor.values().length];
        Arrays.setAll(values, i -> tensor.values()[i]);
        return new PlainTensor(
                values, Arrays.stream(tensor.shape()).mapToInt(Math::toIntExact).toArray());
    }

    static Tensor floats(PlainTensor tensor) {
        float[] values = new float[tensor.values().length];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) tensor.values()[i];
        }
        return new Tensor(values, Arrays.stream(tensor.shape()).asLongStream().toArray());
    }

    /** Frames before channels, as goldens of videos have them, and back. */
    static PlainTensor exchanged(PlainTensor video) {
        return video.permuted(0, 2, 1, 3, 4);
    }

    static Map<String, PlainTensor> read(
            Architecture architecture, Checkpoint checkpoint, Map<String, PlainTensor> inputs) throws Exception {
        return PlainReading.of(architecture, checkpoint).outputs(new HashMap<>(inputs));
    }

    static double distance(PlainTensor found, PlainTensor expected) {
        assertThat(found.shape()).isEqualTo(expected.shape());
        return GraphDifference.of("", expected, found).largest();
    }
}
