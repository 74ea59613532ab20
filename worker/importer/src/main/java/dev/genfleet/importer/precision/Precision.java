package dev.genfleet.importer.precision;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** What weights are stored as and what a graph computes with. */
public enum Precision {
    /** 32-bit floats, read where they lie in the checkpoint. Batch invariant on ONNX Runtime's CPU provider. */
    FP32,
    /** Half floats, 32-bit ones where sums or ranges need them; for GPUs. */
    FP16,
    /**
     * Linear layers over tokens in 8-bit integers, weights scaled by output channel and activations by row when they run; the
     * rest in 32-bit floats. For processors with VNNI instructions. Batch invariant: integer sums have no rounding, and a row's
     * scale is its own.
     */
    INT8,
    /**
     * Weights of linear layers over tokens in 8-bit integers, scaled in blocks of 32; activations stay floats to the graph, and
     * ONNX Runtime's CPU kernel rounds them block by block where it gains from that.
     */
    INT8_WEIGHT_ONLY;

    /** The lower-case name that command lines and summaries carry, such as {@code int8-weight-only}. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /**
     * Reads {@link #wireName}.
     *
     * @throws IllegalArgumentException naming the value and the allowed ones
     */
    public static Precision parse(String text) {
        return Arrays.stream(values())
                .filter(value -> value.wireName().equals(text))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("precision is '" + text + "', but must be one of "
                        + Arrays.stream(values()).map(Precision::wireName).collect(Collectors.joining(", "))));
    }
}
