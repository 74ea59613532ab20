package dev.genfleet.engine;

import dev.genfleet.model.LatentShape;
import java.util.Objects;

/**
 * Samples with equal keys share forwards.
 *
 * @param digest of the model package
 * @param shape of one sample's latents
 */
record LaneKey(String digest, LatentShape shape) {

    LaneKey {
        Objects.requireNonNull(digest, "digest");
        Objects.requireNonNull(shape, "shape");
    }
}
