package dev.genfleet.importer.census;

import java.util.Map;

/** All operators that are known: those of our own graphs, and those of PyTorch's exports of the same models. */
final class Rules {

    static final Map<Operator, ShapeRule> SHAPES = Operator.merged(
            ElementwiseRules.TABLE,
            ConstantRules.TABLE,
            ReshapeRules.TABLE,
            LayoutRules.TABLE,
            ReduceRules.TABLE,
            NormRules.TABLE,
            ProductRules.TABLE,
            AttentionRules.TABLE,
            ConvRules.TABLE,
            QuantisationRules.TABLE);

    private static final Map<Operator, MacRule> MACS =
            Operator.merged(ProductRules.MACS, AttentionRules.MACS, ConvRules.MACS);

    private Rules() {}

    static Macs macs(NodeView node, Inferred output) {
        return MACS.getOrDefault(Operator.of(node.proto()), (any, result) -> Macs.NONE)
                .count(node, output);
    }
}
