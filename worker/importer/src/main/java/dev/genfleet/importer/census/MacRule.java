package dev.genfleet.importer.census;

/** What running a node once costs. */
@FunctionalInterface
interface MacRule {

    Macs count(NodeView node, Inferred output);
}
