package dev.genfleet.importer.dit;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnx.proto.OnnxMl.ModelProto;
import dev.genfleet.importer.OrtGraph;
import dev.genfleet.importer.SafetensorsWriter;
import dev.genfleet.importer.Tensor;
import dev.genfleet.importer.checkpoint.DataType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Half and brain floats that stay in the checkpoint and are cast when the session loads give the same bits as a checkpoint
 * converted to 32-bit floats first; the runtime folds every cast away, so none runs in a step.
 */
class WeightTypesTest {

    @TempDir
    private Path folder;

    @ParameterizedTest
    @EnumSource(
            value = DataType.class,
            names = {"F16", "BF16"})
    void equalWeightsThatWereConvertedFirst(DataType type) throws Exception {
        DitShape shape = RandomDit.shape(64, 2, 4, 2, 8);
        Map<String, Tensor> weights = RandomDit.weights(shape);
        Path stored = RandomDit.emit(Files.createDirectory(folder.resolve("stored")), shape, weights, type);
        Path converted = RandomDit.emit(
                Files.createDirectory(folder.resolve("converted")), shape, rounded(weights, type), DataType.F32);
        Map<String, Tensor> inputs = RandomDit.inputs(shape, 3);
        Path optimised = folder.resolve("optimised.onnx");
        try (OrtGraph left = OrtGraph.savingOptimised(stored, optimised);
                OrtGraph right = new OrtGraph(converted)) {
            assertThat(left.run(inputs).values()).isEqualTo(right.run(inputs).values());
        }
        assertThat(ModelProto.parseFrom(Files.readAllBytes(optimised))
                        .getGraph()
                        .getNodeList())
                .noneMatch(node -> node.getOpType().equals("Cast"));
    }

    private static Map<String, Tensor> rounded(Map<String, Tensor> weights, DataType type) {
        Map<String, Tensor> result = new LinkedHashMap<>();
        weights.forEach((key, tensor) -> {
            float[] values = tensor.values().clone();
            for (int i = 0; i < values.length; i++) {
                values[i] = SafetensorsWriter.stored(values[i], type);
            }
            result.put(key, new Tensor(values, tensor.shape()));
        });
        return result;
    }
}
