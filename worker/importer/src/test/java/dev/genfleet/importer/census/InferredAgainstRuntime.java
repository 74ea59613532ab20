package dev.genfleet.importer.census;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnx.proto.OnnxMl.ModelProto;
import java.nio.file.Path;
import java.util.Map;

/** Compares everything that was inferred of a graph with what ONNX Runtime makes: types, shapes, and numbers where known. */
final class InferredAgainstRuntime {

    private InferredAgainstRuntime() {}

    static GraphCensus check(ModelProto model, Path folder, Map<String, Long> dimensions) throws Exception {
        GraphCensus census = GraphCensus.of(model, dimensions);
        ShapeInterpreter interpreter = new ShapeInterpreter(model.getGraph(), dimensions);
        interpreter.run();
        Map<String, Inferred> real = RuntimeTensors.of(model, folder, census.inputs());
        assertThat(real).hasSizeGreaterThanOrEqualTo(model.getGraph().getNodeCount());
        real.forEach((name, tensor) -> {
            Inferred inferred = interpreter.values().get(name);
            assertThat(inferred.shape()).as("shape of %s", name).isEqualTo(tensor.shape());
            assertThat(ElementTypes.name(inferred.type()))
                    .as("type of %s", name)
                    .isEqualTo(ElementTypes.name(tensor.type()));
            if (inferred.numbers().isPresent() && tensor.numbers().isPresent()) {
                assertThat(inferred.numbers().get())
                        .as("numbers of %s", name)
                        .isEqualTo(tensor.numbers().get());
            }
        });
        return census;
    }
}
