package dev.genfleet.importer.precision;

import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import dev.genfleet.importer.checkpoint.DataType;
import dev.genfleet.importer.onnx.Attribute;
import dev.genfleet.importer.onnx.Graph;
import dev.genfleet.importer.onnx.Initialiser;
import dev.genfleet.importer.onnx.Value;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A graph whose linear layers over tokens have weights of 8 bits. Layers with one row for each sample, such as those that make
 * adaptive layer norms' scales, stay in 32-bit floats: they take a hundredth of the time, and on a DiT-S/2 they would make half
 * of the error. All other matrices are stored as half floats and computed with as 32-bit floats; the runtime converts them when
 * it loads the graph.
 */
final class IntegerForm {

    /** Fewer numbers are not worth storing in fewer bits. */
    private static final long SMALL = 4096;

    private final Rewriting rewriting;
    private final IntegerProducts products;
    private final TokenValues tokens;
    private final Map<String, Value> kept = new HashMap<>();
    private final List<String> warnings = new ArrayList<>();

    IntegerForm(Graph source, IntegerProducts products) {
        this.rewriting = new Rewriting(source, source.opset());
        this.products = products;
        this.tokens = new TokenValues(source);
    }

    FormedGraph rewrite() throws IOException {
        for (NodeProto node : rewriting.source().nodes()) {
            if (!rewriting.readsWeight(node)) {
                Optional<Rewriting.Weight> weight = integerWeight(node);
                if (weight.isPresent()) {
                    rewriting.target().enter(node.getName());
                    Optional<Value> bias =
                            Rewriting.has(node, 2) ? Optional.of(kept(node.getInput(2), node)) : Optional.empty();
                    products.write(rewriting, node, weight.get(), bias);
                } else {
                    copy(node);
                }
            }
        }
        return new FormedGraph(rewriting.target().finish().pruned(), warnings);
    }

    /** The weight of a linear layer that is to be computed in integers. */
    private Optional<Rewriting.Weight> integerWeight(NodeProto node) throws IOException {
        if (!node.getOpType().equals("Gemm")
                || Rewriting.integer(node, "transB", 0) != 1
                || Rewriting.integer(node, "transA", 0) != 0
                || Rewriting.number(node, "alpha", 1) != 1
                || Rewriting.number(node, "beta", 1) != 1
                || rewriting.source().needsFullPrecision(node)
                || !tokens.contains(node.getInput(0))) {
            return Optional.empty();
        }
        Optional<Rewriting.Weight> weight = rewriting
                .weight(node.getInput(1))
                .filter(found -> products.pays(
                        found.values().shape().getLast(), found.values().shape().getFirst()));
        if (weight.isPresent() && !Float.isFinite(weight.get().values().magnitude())) {
            warnings.add("weight " + weight.get().values().name()
                    + " holds numbers that are not finite: it stays in floats, since no integers stand for them");
            return Optional.empty();
        }
        return weight;
    }

    private void copy(NodeProto node) throws IOException {
        NodeProto.Builder copied = node.toBuilder().clearInput();
        for (String input : node.getInputList()) {
            copied.addInput(
                    rewriting.weight(input).isPresent() ? kept(input, node).name() : input);
        }
        rewriting.copy(copied.build());
    }

    /** A weight that stays a float: copied, so that the package needs no more of the checkpoint. */
    private Value kept(String name, NodeProto reader) throws IOException {
        Rewriting.Weight weight = rewriting.weight(name).orElseThrow();
        Value known = kept.get(weight.name());
        if (known != null) {
            return known;
        }
        WeightValues values = weight.values();
        boolean half = values.type() == DataType.F16
                || (values.elements() >= SMALL
                        && !rewriting.source().needsFullPrecision(reader)
                        && values.magnitude() <= ConvertedFloats.LARGEST_HALF);
        Value stored = rewriting
                .target()
                .keep(
                        weight.name(),
                        new Initialiser.Derived(
                                half
                                        ? ConvertedFloats.half(weight.name(), values)
                                        : ConvertedFloats.full(weight.name(), values)));
        if (half) {
            rewriting.target().enter(weight.name());
            stored = rewriting
                    .target()
                    .node("Cast", List.of(stored), Attribute.of("to", TensorProto.DataType.FLOAT_VALUE));
        }
        kept.put(weight.name(), stored);
        return stored;
    }
}
