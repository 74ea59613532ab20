package dev.genfleet.importer.dit;

import dev.genfleet.importer.checkpoint.StoredTensor;
import dev.genfleet.importer.onnx.GraphBuilder;
import dev.genfleet.importer.onnx.Linear;
import dev.genfleet.importer.onnx.Value;
import dev.genfleet.importer.onnx.Weights;
import java.util.List;
import java.util.stream.IntStream;

/** Weights of a DiT under the keys of the official release; published files with other keys are read through this view. */
interface DitWeights {

    /** The tensor under an official key. */
    StoredTensor take(String key, long... shape);

    /** The projections of a block's attention to queries, keys and values. */
    List<Linear> queryKeyValue(String block, int width);

    /** Position embedding, {@code [1, tokens, width]}. */
    Value positions(GraphBuilder graph, DitShape shape);

    /** The official layout: one tensor holds queries, keys and values as thirds, which graphs read where they lie. */
    record Official(Weights weights) implements DitWeights {

        @Override
        public StoredTensor take(String key, long... shape) {
            return weights.take(key, shape);
        }

        @Override
        public List<Linear> queryKeyValue(String block, int width) {
            StoredTensor weight = weights.take(block + ".attn.qkv.weight", 3L * width, width);
            StoredTensor bias = weights.take(block + ".attn.qkv.bias", 3L * width);
            return IntStream.range(0, 3)
                    .mapToObj(third -> new Linear(weight.part(third, 3), bias.part(third, 3)))
                    .toList();
        }

        @Override
        public Value positions(GraphBuilder graph, DitShape shape) {
            return graph.weight(weights.take("pos_embed", 1, shape.tokens(), shape.width()));
        }
    }
}
