package dev.genfleet.importer.census;

import java.util.List;

/** What an operator makes of its inputs: one result for each output that the node names, or more. */
@FunctionalInterface
interface ShapeRule {

    List<Inferred> outputs(NodeView node);

    /** A rule of an operator with one output. */
    static ShapeRule one(Single rule) {
        return node -> List.of(rule.output(node));
    }

    /** An operator with one output. */
    @FunctionalInterface
    interface Single {
        Inferred output(NodeView node);
    }
}
