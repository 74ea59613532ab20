package dev.genfleet.importer.dit;

import dev.genfleet.importer.blocks.DiffusionBlocks;
import dev.genfleet.importer.blocks.TimestepFrequencies;

/**
 * Whose forward pass a graph computes. With the same weights diffusers' differs from the official one in two numbers, enough to
 * move predictions by half of their deviation; released weights were trained with the official ones in either layout.
 */
public enum DitArithmetic {
    /** Timestep frequencies over 128, 1e-6 in every layer norm. */
    OFFICIAL(0, DiffusionBlocks.EPSILON),

    /** Timestep frequencies over 127, 1e-5 in the layer norm before each MLP: equal to diffusers, not to the released models. */
    DIFFUSERS(1, 1e-5f);

    private final int frequencyShift;
    private final float mlpEpsilon;

    DitArithmetic(int frequencyShift, float mlpEpsilon) {
        this.frequencyShift = frequencyShift;
        this.mlpEpsilon = mlpEpsilon;
    }

    /**
     * Reads the lower-case name.
     *
     * @throws IllegalArgumentException naming the value and the allowed ones
     */
    public static DitArithmetic parse(String text) {
        return switch (text) {
            case "official" -> OFFICIAL;
            case "diffusers" -> DIFFUSERS;
            default ->
                throw new IllegalArgumentException(
                        "arithmetic is '" + text + "', but must be one of official, diffusers");
        };
    }

    float[] timestepFrequencies() {
        return TimestepFrequencies.shifted(frequencyShift);
    }

    /** Of the layer norm before each MLP. */
    float mlpEpsilon() {
        return mlpEpsilon;
    }
}
