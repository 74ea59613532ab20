package dev.genfleet.importer.precision;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.NodeProto;

/** Numbers that mean "far away" and must stay half floats, also when a score is added to them. */
final class HalfRanges {

    /** As far as masks go: its exponential is 0, and twice it is still a half float's magnitude. */
    static final float FAR = 30_000;

    private static final String MASKED = "mask_filter_value";

    private HalfRanges() {}

    /** A node whose masked score, where it has one, a half float holds. */
    static NodeProto clamped(NodeProto node) {
        if (Rewriting.number(node, MASKED, 0) >= -FAR) {
            return node;
        }
        NodeProto.Builder clamped = node.toBuilder();
        for (AttributeProto.Builder attribute : clamped.getAttributeBuilderList()) {
            if (attribute.getName().equals(MASKED)) {
                attribute.setF(-FAR);
            }
        }
        return clamped.build();
    }
}
