package dev.genfleet.importer.gentron;

import dev.genfleet.importer.checkpoint.DataType;
import dev.genfleet.importer.checkpoint.StoredTensor;
import dev.genfleet.importer.onnx.DerivedTensor;
import dev.genfleet.importer.onnx.GraphBuilder;
import dev.genfleet.importer.onnx.Value;
import dev.genfleet.importer.onnx.Weights;
import java.nio.ByteBuffer;
import java.util.List;

/** Where the layers of temporal attention have their weights from. */
sealed interface TemporalWeights {

    /** Projection of a block to queries (0), keys (1) or values (2). */
    Projection queryKeyValue(String block, int third);

    /** Projection of what a block's attention puts out. */
    Projection output(String block);

    /** Weight {@code [width, width]} and bias {@code [width]} of a linear layer in the graph. */
    record Projection(Value weight, Value bias) {}

    /** From the checkpoint. */
    record Stored(Weights weights, GraphBuilder graph, int width) implements TemporalWeights {

        @Override
        public Projection queryKeyValue(String block, int third) {
            StoredTensor weight = weights.take(block + ".temp_attn.qkv.weight", 3L * width, width);
            StoredTensor bias = weights.take(block + ".temp_attn.qkv.bias", 3L * width);
            return new Projection(graph.weight(weight.part(third, 3)), graph.weight(bias.part(third, 3)));
        }

        @Override
        public Projection output(String block) {
            return new Projection(
                    graph.weight(weights.take(block + ".temp_attn.proj.weight", width, width)),
                    graph.weight(weights.take(block + ".temp_attn.proj.bias", width)));
        }
    }

    /** Zeros, made when the package is written. */
    record Zero(GraphBuilder graph, int width) implements TemporalWeights {

        @Override
        public Projection queryKeyValue(String block, int third) {
            return zeros(block + ".temp_attn.qkv", "[" + third + "]");
        }

        @Override
        public Projection output(String block) {
            return zeros(block + ".temp_attn.proj", "");
        }

        private Projection zeros(String key, String part) {
            return new Projection(
                    zeros(key + ".weight" + part, List.of((long) width, (long) width)),
                    zeros(key + ".bias" + part, List.of((long) width)));
        }

        private Value zeros(String name, List<Long> shape) {
            return graph.derived(new DerivedTensor(name, DataType.F32, shape, Zero::clear));
        }

        /** Leaves zeros alone: in a new file they are holes, which take no room on the disk until they are written to. */
        private static void clear(ByteBuffer target) {
            for (int at = 0; at < target.capacity(); at += Float.BYTES) {
                if (target.getInt(at) != 0) {
                    target.putInt(at, 0);
                }
            }
        }
    }
}
