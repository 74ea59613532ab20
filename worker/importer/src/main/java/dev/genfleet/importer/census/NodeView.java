package dev.genfleet.importer.census;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import java.util.List;
import java.util.Optional;

/**
 * A node with what is known of its inputs.
 *
 * @param proto the node
 * @param inputs one for each input, empty where an optional one is left out
 * @param constants for each input, whether it follows from constants alone
 */
record NodeView(NodeProto proto, List<Optional<Inferred>> inputs, List<Boolean> constants) {

    NodeView {
        inputs = List.copyOf(inputs);
        constants = List.copyOf(constants);
    }

    boolean has(int input) {
        return input < inputs.size() && inputs.get(input).isPresent();
    }

    Inferred input(int input) {
        if (!has(input)) {
            throw new Uncountable("has no input " + input);
        }
        return inputs.get(input).orElseThrow();
    }

    boolean isConstant(int input) {
        return input < constants.size() && constants.get(input);
    }

    int outputs() {
        return proto.getOutputCount();
    }

    /** The whole numbers that an input holds. */
    List<Long> longs(int input) {
        return input(input)
                .numbers()
                .orElseThrow(() -> new Uncountable("needs the numbers of " + proto.getInput(input)
                        + ", which do not follow from shapes and constants"))
                .stream()
                .map(Double::longValue)
                .toList();
    }

    /** Numbers that newer operators take as an input and older ones as an attribute. */
    Optional<List<Long>> longs(int input, String attribute) {
        if (has(input)) {
            return Optional.of(longs(input));
        }
        return attribute(attribute).map(AttributeProto::getIntsList);
    }

    Optional<AttributeProto> attribute(String name) {
        return proto.getAttributeList().stream()
                .filter(attribute -> attribute.getName().equals(name))
                .findFirst();
    }

    long number(String attribute, long otherwise) {
        return attribute(attribute).map(AttributeProto::getI).orElse(otherwise);
    }

    long number(String attribute) {
        return attribute(attribute)
                .map(AttributeProto::getI)
                .orElseThrow(() -> new Uncountable("has no attribute " + attribute));
    }

    Optional<List<Long>> list(String attribute) {
        return attribute(attribute).map(AttributeProto::getIntsList);
    }

    String text(String attribute, String otherwise) {
        return attribute(attribute).map(given -> given.getS().toStringUtf8()).orElse(otherwise);
    }
}
