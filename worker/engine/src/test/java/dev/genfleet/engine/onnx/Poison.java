package dev.genfleet.engine.onnx;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Weights that are no numbers. */
public final class Poison {

    private Poison() {}

    /** Makes the embedding of {@code label} NaN in a graph of {@link TinyModel}, whose one table of that many rows is the labels'. */
    public static void label(Path graph, int label, int rows) throws IOException {
        ModelProto.Builder model = ModelProto.parseFrom(Files.readAllBytes(graph)).toBuilder();
        TensorProto.Builder table = model.getGraphBuilder().getInitializerBuilderList().stream()
                .filter(tensor -> tensor.getDimsCount() == 2 && tensor.getDims(0) == rows)
                .findFirst()
                .orElseThrow();
        int width = (int) table.getDims(1);
        for (int i = label * width; i < (label + 1) * width; i++) {
            table.setFloatData(i, Float.NaN);
        }
        Files.write(graph, model.build().toByteArray());
    }
}
