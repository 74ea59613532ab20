package dev.genfleet.importer.diffussm;

import dev.genfleet.importer.blocks.SinCosPositions;
import dev.genfleet.importer.checkpoint.DataType;
import dev.genfleet.importer.onnx.DerivedTensor;
import java.util.List;

/** DiT's position embeddings of each token's first cell. */
final class GroupPositions {

    private GroupPositions() {}

    /** {@code [1, tokens, width]}. */
    static DerivedTensor of(DiffussmShape shape) {
        return new DerivedTensor(
                "positions", DataType.F32, List.of(1L, (long) shape.tokens(), (long) shape.width()), target -> {
                    float[] cells = SinCosPositions.grid(shape.rows(), shape.columns(), shape.width());
                    for (int token = 0; token < shape.tokens(); token++) {
                        target.asFloatBuffer()
                                .put(
                                        token * shape.width(),
                                        cells,
                                        token * shape.grouping() * shape.width(),
                                        shape.width());
                    }
                });
    }
}
