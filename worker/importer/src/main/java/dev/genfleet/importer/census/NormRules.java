package dev.genfleet.importer.census;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Normalisations: the result is like the input; some also tell the statistics. */
final class NormRules {

    static final Map<Operator, ShapeRule> TABLE = Operator.merged(
            Operator.all(
                    ShapeRule.one(ElementwiseRules::alike),
                    "InstanceNormalization",
                    "GroupNormalization",
                    "RMSNormalization",
                    "LpNormalization"),
            Map.of(
                    Operator.onnx("LayerNormalization"), NormRules::withStatistics,
                    Operator.onnx("SimplifiedLayerNormalization"), NormRules::withStatistics,
                    Operator.ort("SkipLayerNormalization"), NormRules::withSum,
                    Operator.ort("SkipSimplifiedLayerNormalization"), NormRules::withSum));

    private NormRules() {}

    private static List<Inferred> withStatistics(NodeView node) {
        Inferred x = node.input(0);
        Inferred statistics = statistics(x, Axes.of(node.number("axis", -1), x.rank()));
        return List.of(ElementwiseRules.alike(node), statistics, statistics);
    }

    /** Result, mean, deviation and the sum that was normalised. */
    private static List<Inferred> withSum(NodeView node) {
        Inferred x = ElementwiseRules.alike(node);
        Inferred statistics = statistics(x, x.rank() - 1);
        return List.of(x, statistics, statistics, x);
    }

    private static Inferred statistics(Inferred x, int axis) {
        List<Long> shape = new ArrayList<>(x.shape());
        for (int i = axis; i < shape.size(); i++) {
            shape.set(i, 1L);
        }
        return Inferred.of(ElementTypes.FLOAT, shape);
    }
}
