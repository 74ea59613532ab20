package dev.genfleet.importer.precision;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** Which operators a graph is made of. */
public enum Operators {
    /** ONNX's own of opset 20 and ONNX Runtime's fused attention and integer products: what the fleet's workers run. */
    FUSED,
    /** ONNX's own of opset 17 alone, for other runtimes. */
    PLAIN;

    /** The lower-case name that command lines carry. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * Reads {@link #wireName}.
     *
     * @throws IllegalArgumentException naming the value and the allowed ones
     */
    public static Operators parse(String text) {
        return Arrays.stream(values())
                .filter(value -> value.wireName().equals(text))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("operators is '" + text + "', but must be one of "
                        + Arrays.stream(values()).map(Operators::wireName).collect(Collectors.joining(", "))));
    }
}
