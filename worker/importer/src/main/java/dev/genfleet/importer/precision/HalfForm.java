package dev.genfleet.importer.precision;

import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import dev.genfleet.importer.onnx.Graph;
import dev.genfleet.importer.onnx.GraphBuilder;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A graph that computes in half floats, with 32-bit floats at its edges and wherever sums over many terms, large numbers or the
 * family that wrote it ask for them. Fused attention keeps its sums in 32-bit floats itself, and so does layer normalisation
 * (ONNX operator specification, {@code stash_type}).
 */
final class HalfForm {

    /** Sums, powers and waves: their results need more range or digits than a half float has while they are computed. */
    private static final Set<String> FULL = Set.of(
            "Cast",
            "ConstantOfShape",
            "Cos",
            "CumSum",
            "Exp",
            "InstanceNormalization",
            "LogSoftmax",
            "Pow",
            "Range",
            "ReduceL2",
            "ReduceMean",
            "ReduceSum",
            "ReduceSumSquare",
            "Sin",
            "Softmax");

    /** What only moves numbers stays in the precision that they are in. */
    private static final Set<String> MOVES = Set.of(
            "Concat",
            "Expand",
            "Flatten",
            "Gather",
            "GatherND",
            "Identity",
            "Reshape",
            "Slice",
            "Split",
            "Squeeze",
            "Tile",
            "Transpose",
            "Unsqueeze");

    private final Rewriting rewriting;
    private final GraphBuilder target;
    private final ElementTypes types;
    private final FloatForms forms;
    private final Set<String> graphOutputs;

    HalfForm(Graph source) {
        this.rewriting = new Rewriting(source, source.opset());
        this.target = rewriting.target();
        this.types = new ElementTypes(source);
        this.forms = new FloatForms(rewriting);
        this.graphOutputs =
                source.outputs().stream().map(ValueInfoProto::getName).collect(Collectors.toSet());
    }

    FormedGraph rewrite() throws IOException {
        forms.measureWeights();
        rewriting.source().inputs().stream()
                .filter(input -> types.isFloat(input.getName()))
                .forEach(input -> forms.given(input.getName(), FloatForms.Form.FULL));
        for (NodeProto node : rewriting.source().nodes()) {
            if (!rewriting.readsWeight(node)) {
                write(node);
            }
        }
        return new FormedGraph(target.finish().pruned(), forms.warnings());
    }

    private void write(NodeProto node) {
        boolean floats = node.getInputList().stream().anyMatch(types::isFloat) || types.isFloat(node.getOutput(0));
        if (!floats) {
            rewriting.copy(node);
            return;
        }
        FloatForms.Form form = form(node);
        NodeProto.Builder formed = HalfRanges.clamped(node).toBuilder().clearInput();
        for (int i = 0; i < node.getInputCount(); i++) {
            formed.addInput(input(node, i, form));
        }
        target.copy(formed.build());
        if (types.isFloat(node.getOutput(0))) {
            node.getOutputList().forEach(output -> forms.given(output, form));
            if (form == FloatForms.Form.FULL && (wide(node) || spreadsWide(node))) {
                node.getOutputList().forEach(forms::wide);
            }
        }
    }

    private String input(NodeProto node, int index, FloatForms.Form form) {
        String name = node.getInput(index);
        if (name.isEmpty() || !types.isFloat(name)) {
            rewriting.keep(name);
            return name;
        }
        boolean scalesOfResize = node.getOpType().equals("Resize") && index > 0;
        return forms.as(name, scalesOfResize ? FloatForms.Form.FULL : form);
    }

    private FloatForms.Form form(NodeProto node) {
        List<String> floats =
                node.getInputList().stream().filter(types::isFloat).toList();
        boolean moved = MOVES.contains(node.getOpType()) && floats.stream().allMatch(forms::inFull);
        boolean full = graphOutputs.contains(node.getOutput(0))
                || FULL.contains(node.getOpType())
                || rewriting.source().needsFullPrecision(node)
                || square(node)
                || wide(node)
                || floats.stream().anyMatch(forms::beyondHalf)
                || moved;
        return full ? FloatForms.Form.FULL : FloatForms.Form.HALF;
    }

    private static boolean square(NodeProto node) {
        return node.getOpType().equals("Mul") && node.getInput(0).equals(node.getInput(1));
    }

    /** Whether a number in the graph, such as a mask's -1e9, is no half float: then what is computed with it is none either. */
    private boolean wide(NodeProto node) {
        return node.getInputList().stream().anyMatch(forms::constantBeyondHalf);
    }

    private boolean spreadsWide(NodeProto node) {
        return MOVES.contains(node.getOpType()) && node.getInputList().stream().anyMatch(forms::isWide);
    }
}
