package dev.genfleet.importer.checkpoint;

import java.util.Objects;

/**
 * A tensor with values that are no numbers: a model with such a weight makes nothing but black pictures.
 *
 * @param tensor its key
 * @param nans how many elements are NaN
 * @param infinities how many are infinite, of either sign
 */
public record NonFinite(String tensor, long nans, long infinities) {

    public NonFinite {
        Objects.requireNonNull(tensor, "tensor");
        if (nans < 0 || infinities < 0 || nans + infinities == 0) {
            throw new IllegalArgumentException(
                    "tensor " + tensor + " has " + nans + " NaN and " + infinities + " infinities, but needs some");
        }
    }
}
