package dev.genfleet.importer.onnx;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * How an attention weighs and masks.
 *
 * @param heads attention heads
 * @param scale factor of the products of queries and keys; head dim to the -1/2 where empty
 * @param keyMask int32 {@code [batch, T]}: 0 where nobody attends to a key
 * @param maskedScore added to the scores of masked keys
 * @param bias float, added to all scores: {@code [batch or 1, heads or 1, S, T]}
 */
public record AttentionForm(
        int heads, Optional<Float> scale, Optional<Value> keyMask, float maskedScore, Optional<Value> bias) {

    private static final Value ABSENT = new Value("");

    public AttentionForm {
        if (heads < 1) {
            throw new IllegalArgumentException("heads is " + heads + ", but must be at least 1");
        }
        Objects.requireNonNull(scale, "scale");
        Objects.requireNonNull(keyMask, "keyMask");
        Objects.requireNonNull(bias, "bias");
    }

    /** No mask, no bias, the usual scale. */
    public static AttentionForm of(int heads) {
        return new AttentionForm(heads, Optional.empty(), Optional.empty(), 0, Optional.empty());
    }

    /** With another factor. */
    public AttentionForm scaledBy(float factor) {
        return new AttentionForm(heads, Optional.of(factor), keyMask, maskedScore, bias);
    }

    /** With keys hidden where {@code mask}, int32 {@code [batch, T]}, is 0. */
    public AttentionForm hiding(Value mask, float score) {
        return new AttentionForm(heads, scale, Optional.of(mask), score, bias);
    }

    /** With a bias on all scores. */
    public AttentionForm biasedBy(Value scores) {
        return new AttentionForm(heads, scale, keyMask, maskedScore, Optional.of(scores));
    }

    List<Value> inputs(Value query, Value key, Value value) {
        List<Value> inputs = new ArrayList<>(List.of(query, key, value));
        if (keyMask.isPresent() || bias.isPresent()) {
            inputs.add(ABSENT); // bias of the projections, which are layers of their own here
            inputs.add(keyMask.orElse(ABSENT));
        }
        bias.ifPresent(inputs::add);
        return inputs;
    }

    Attribute[] attributes() {
        List<Attribute> attributes = new ArrayList<>();
        attributes.add(Attribute.of("num_heads", heads));
        scale.ifPresent(factor -> attributes.add(Attribute.of("scale", factor.floatValue())));
        if (keyMask.isPresent()) {
            attributes.add(Attribute.of("mask_filter_value", maskedScore));
        }
        return attributes.toArray(Attribute[]::new);
    }
}
