package dev.genfleet.engine;

import dev.genfleet.model.LatentShape;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What forwards were measured to take.
 *
 * @param digest of the model
 * @param shape of one row's latents
 * @param milliseconds by rows
 */
public record RowTable(String digest, LatentShape shape, SortedMap<Integer, Double> milliseconds) {

    public RowTable {
        milliseconds = Collections.unmodifiableSortedMap(new TreeMap<>(milliseconds));
    }
}
