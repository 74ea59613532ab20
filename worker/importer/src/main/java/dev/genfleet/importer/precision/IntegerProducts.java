package dev.genfleet.importer.precision;

import ai.onnx.proto.OnnxMl.NodeProto;
import dev.genfleet.importer.onnx.Value;
import java.util.Optional;

/** How a linear layer is computed with weights of 8 bits. Belongs to one rewriting. */
interface IntegerProducts {

    /** Whether a layer of that size gains from it. */
    boolean pays(long inputs, long outputs);

    /**
     * Adds what gives the results of a linear layer, under its name.
     *
     * @param rewriting that the nodes are added to
     * @param layer the layer's {@code Gemm}, {@code [rows, in] → [rows, out]}
     * @param weight its weight {@code [out, in]}
     * @param bias {@code [out]}
     */
    void write(Rewriting rewriting, NodeProto layer, Rewriting.Weight weight, Optional<Value> bias);
}
