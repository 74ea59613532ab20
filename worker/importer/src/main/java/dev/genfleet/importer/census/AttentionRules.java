package dev.genfleet.importer.census;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Fused attention: the products of queries with keys and of probabilities with values count, the softmax does not. */
final class AttentionRules {

    static final Map<Operator, ShapeRule> TABLE = Map.of(
            Operator.ort("MultiHeadAttention"), AttentionRules::multiHead,
            Operator.ort("Attention"), AttentionRules::packedProjection,
            Operator.onnx("Attention"), AttentionRules::standard);

    static final Map<Operator, MacRule> MACS = Map.of(
            Operator.ort("MultiHeadAttention"), (node, out) -> Heads.multi(node).macs(),
            Operator.ort("Attention"),
                    (node, out) -> Heads.projected(node)
                            .macs()
                            .plus(Macs.ofLinear(Math.multiplyExact(
                                    node.input(0).elements(), node.input(1).side(-1)))),
            Operator.onnx("Attention"), (node, out) -> Heads.standard(node).macs());

    /**
     * Sizes of one attention.
     *
     * @param width of a query or key in one head
     * @param valueWidth of a value in one head
     */
    private record Heads(long batch, long heads, long queries, long keys, long width, long valueWidth) {

        Macs macs() {
            long pairs = Math.multiplyExact(Math.multiplyExact(batch, heads), Math.multiplyExact(queries, keys));
            return Macs.ofAttention(Math.multiplyExact(pairs, width + valueWidth));
        }

        /**
         * ONNX Runtime's MultiHeadAttention: queries {@code [batch, tokens, heads · width]} with keys and values likewise or as
         * {@code [batch, heads, tokens, width]}. ONNX Runtime takes packed ones on some devices only.
         */
        static Heads multi(NodeView node) {
            Inferred query = node.input(0);
            long heads = node.number("num_heads");
            if (query.rank() != 3) {
                throw new Uncountable("has queries of shape " + query.shape()
                        + ", but only [batch, tokens, heads * width] is known here");
            }
            Inferred key = node.input(1);
            long width = divided(query.side(2), heads);
            long past = node.has(6) ? node.input(6).side(2) : 0;
            Inferred value = node.input(2);
            return key.rank() == 4
                    ? new Heads(query.side(0), heads, query.side(1), key.side(2) + past, width, value.side(3))
                    : new Heads(
                            query.side(0),
                            heads,
                            query.side(1),
                            key.side(1) + past,
                            width,
                            divided(value.side(2), heads));
        }

        /** ONNX Runtime's Attention: one input, whose projections to queries, keys and values are part of the operator. */
        static Heads projected(NodeView node) {
            Inferred x = node.input(0);
            long heads = node.number("num_heads");
            List<Long> widths = node.list("qkv_hidden_sizes").orElseGet(() -> {
                long third = divided(node.input(1).side(-1), 3);
                return List.of(third, third, third);
            });
            long past = node.has(4) ? node.input(4).side(3) : 0;
            return new Heads(
                    x.side(0),
                    heads,
                    x.side(1),
                    x.side(1) + past,
                    divided(widths.get(0), heads),
                    divided(widths.get(2), heads));
        }

        /** ONNX's Attention (operator set 23), heads folded into the last axis or in one of their own. */
        static Heads standard(NodeView node) {
            Inferred query = node.input(0);
            Inferred key = node.input(1);
            Inferred value = node.input(2);
            long past = node.has(4) ? node.input(4).side(2) : 0;
            if (query.rank() == 4) {
                return new Heads(
                        query.side(0), query.side(1), query.side(2), key.side(2) + past, query.side(3), value.side(3));
            }
            long heads = node.number("q_num_heads");
            return new Heads(
                    query.side(0),
                    heads,
                    query.side(1),
                    key.side(1) + past,
                    divided(query.side(2), heads),
                    divided(value.side(2), node.number("kv_num_heads")));
        }

        private static long divided(long width, long parts) {
            if (parts < 1 || width % parts != 0) {
                throw new Uncountable("divides a width of " + width + " into " + parts + " parts");
            }
            return width / parts;
        }
    }

    private AttentionRules() {}

    private static List<Inferred> multiHead(NodeView node) {
        Heads heads = Heads.multi(node);
        return withPresent(node, heads, folded(heads), heads.heads());
    }

    private static List<Inferred> packedProjection(NodeView node) {
        Heads heads = Heads.projected(node);
        List<Long> present = List.of(2L, heads.batch(), heads.heads(), heads.keys(), heads.width());
        int type = node.input(0).type();
        return List.of(Inferred.of(type, folded(heads)), Inferred.of(type, present));
    }

    private static List<Inferred> standard(NodeView node) {
        Heads heads = Heads.standard(node);
        boolean apart = node.input(0).rank() == 4;
        List<Long> shape =
                apart ? List.of(heads.batch(), heads.heads(), heads.queries(), heads.valueWidth()) : folded(heads);
        long keyHeads = apart ? node.input(1).side(1) : node.number("kv_num_heads");
        List<Inferred> results = new ArrayList<>(withPresent(node, heads, shape, keyHeads));
        results.add(Inferred.of(
                node.input(0).type(), List.of(heads.batch(), heads.heads(), heads.queries(), heads.keys())));
        return results;
    }

    private static List<Inferred> withPresent(NodeView node, Heads heads, List<Long> shape, long keyHeads) {
        int type = node.input(0).type();
        return List.of(
                Inferred.of(type, shape),
                Inferred.of(type, List.of(heads.batch(), keyHeads, heads.keys(), heads.width())),
                Inferred.of(type, List.of(heads.batch(), keyHeads, heads.keys(), heads.valueWidth())));
    }

    private static List<Long> folded(Heads heads) {
        return List.of(heads.batch(), heads.queries(), heads.heads() * heads.valueWidth());
    }
}
