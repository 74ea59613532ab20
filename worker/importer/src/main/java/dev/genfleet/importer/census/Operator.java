package dev.genfleet.importer.census;

import ai.onnx.proto.OnnxMl.NodeProto;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * An operator of a domain.
 *
 * @param domain empty for ONNX's own
 * @param name such as {@code MatMul}
 */
record Operator(String domain, String name) {

    static final String ORT = "com.microsoft";

    static Operator of(NodeProto node) {
        return new Operator(node.getDomain().equals("ai.onnx") ? "" : node.getDomain(), node.getOpType());
    }

    static Operator onnx(String name) {
        return new Operator("", name);
    }

    static Operator ort(String name) {
        return new Operator(ORT, name);
    }

    /** The same value for several operators of ONNX. */
    static <T> Map<Operator, T> all(T value, String... names) {
        return Set.of(names).stream().collect(Collectors.toUnmodifiableMap(Operator::onnx, name -> value));
    }

    /** One table of several; an operator may stand in one only. */
    @SafeVarargs
    static <T> Map<Operator, T> merged(Map<Operator, T>... tables) {
        Map<Operator, T> result = new HashMap<>();
        for (Map<Operator, T> table : tables) {
            for (Map.Entry<Operator, T> entry : table.entrySet()) {
                if (result.put(entry.getKey(), entry.getValue()) != null) {
                    throw new IllegalArgumentException(entry.getKey() + " stands in two tables");
                }
            }
        }
        return Map.copyOf(result);
    }

    @Override
    public String toString() {
        return domain.isEmpty() ? name : domain + ":" + name;
    }
}
