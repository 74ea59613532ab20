package dev.genfleet.importer.onnx;

import dev.genfleet.importer.checkpoint.StoredTensor;
import java.util.Objects;

/**
 * The weights of a linear layer.
 *
 * @param weight {@code [out, in]}
 * @param bias {@code [out]}
 */
public record Linear(StoredTensor weight, StoredTensor bias) {

    public Linear {
        Objects.requireNonNull(weight, "weight");
        Objects.requireNonNull(bias, "bias");
    }

    /** Takes {@code key.weight} and {@code key.bias}. */
    public static Linear take(Weights weights, String key, int in, int out) {
        return new Linear(weights.take(key + ".weight", out, in), weights.take(key + ".bias", out));
    }
}
