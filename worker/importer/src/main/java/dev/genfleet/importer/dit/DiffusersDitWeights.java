package dev.genfleet.importer.dit;

import dev.genfleet.importer.blocks.SinCosPositions;
import dev.genfleet.importer.checkpoint.DataType;
import dev.genfleet.importer.checkpoint.StoredTensor;
import dev.genfleet.importer.onnx.DerivedTensor;
import dev.genfleet.importer.onnx.GraphBuilder;
import dev.genfleet.importer.onnx.Linear;
import dev.genfleet.importer.onnx.Value;
import dev.genfleet.importer.onnx.Weights;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * The layout of diffusers: queries, keys and values are tensors of their own, the position embedding is computed, and every block
 * holds a copy of the embedders, of which block 0's are used.
 *
 * @param depth blocks, whose copies must all be there
 */
record DiffusersDitWeights(Weights weights, int depth) implements DitWeights {

    DiffusersDitWeights {
        Objects.requireNonNull(weights, "weights");
    }

    @Override
    public StoredTensor take(String key, long... shape) {
        String first = DitKeys.diffusers(key);
        if (first.contains(DitKeys.EMBEDDERS)) {
            for (int block = 1; block < depth; block++) {
                weights.take(first.replaceFirst("\\.0\\.", "." + block + "."), shape);
            }
        }
        return weights.take(first, shape);
    }

    @Override
    public List<Linear> queryKeyValue(String block, int width) {
        return Stream.of("to_q", "to_k", "to_v")
                .map(name -> Linear.take(weights, "transformer_" + block + ".attn1." + name, width, width))
                .toList();
    }

    @Override
    public Value positions(GraphBuilder graph, DitShape shape) {
        return graph.derived(new DerivedTensor(
                "pos_embed",
                DataType.F32,
                List.of(1L, (long) shape.tokens(), (long) shape.width()),
                target -> target.asFloatBuffer().put(SinCosPositions.grid(shape.grid(), shape.grid(), shape.width()))));
    }
}
