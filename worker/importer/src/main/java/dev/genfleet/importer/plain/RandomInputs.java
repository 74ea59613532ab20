package dev.genfleet.importer.plain;

import dev.genfleet.importer.family.DenoiserTensors;
import dev.genfleet.importer.family.LatentSizes;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;

/** Inputs being made, {@value #ROWS} rows each. */
final class RandomInputs {

    static final int ROWS = 2;

    /** Tokens along the sides of a latent of open size. */
    private static final int DOWN = 6;

    private static final int ACROSS = 8;

    private final SplittableRandom random;
    private final Map<String, PlainTensor> inputs = new LinkedHashMap<>();

    RandomInputs(long seed) {
        random = new SplittableRandom(seed);
    }

    Map<String, PlainTensor> inputs() {
        return inputs;
    }

    RandomInputs put(String name, PlainTensor input) {
        inputs.put(name, input);
        return this;
    }

    /** Numbers of mean 0 and variance 1. */
    RandomInputs normal(String name, int... shape) {
        PlainTensor input = PlainTensor.zeros(shape);
        Arrays.setAll(input.values(), i -> (float) random.nextGaussian());
        return put(name, input);
    }

    /** Numbers given for each row. */
    RandomInputs rows(String name, double... numbers) {
        return put(name, new PlainTensor(numbers, numbers.length));
    }

    /** Token ids below a bound, {@code [rows, tokens]}. */
    RandomInputs ids(String name, int tokens, int bound) {
        PlainTensor input = PlainTensor.zeros(ROWS, tokens);
        Arrays.setAll(input.values(), i -> random.nextInt(bound));
        return put(name, input);
    }

    /** A late and an early timestep, the latter between whole ones. */
    RandomInputs timesteps() {
        return rows(DenoiserTensors.TIMESTEPS, 731, 12.5);
    }

    /** Any class, and the last row of the table. */
    RandomInputs labels(int rows) {
        return rows(DenoiserTensors.CLASS_LABELS, random.nextInt(rows), rows - 1);
    }

    /** Images of the only size, or of a small one that is wider than high. */
    RandomInputs images(int channels, LatentSizes sizes) {
        return normal(DenoiserTensors.LATENTS, ROWS, channels, height(sizes), width(sizes));
    }

    /** Videos of the only size, or of a small one that is wider than high. */
    RandomInputs videos(int channels, int frames, LatentSizes sizes) {
        return normal(DenoiserTensors.LATENTS, ROWS, channels, frames, height(sizes), width(sizes));
    }

    /** Vectors of a caption's tokens and their mask: the first row is full, the second one padded. */
    RandomInputs caption(int index, int tokens, int width) {
        normal(DenoiserTensors.HIDDEN_STATES.get(index), ROWS, tokens, width);
        return mask(DenoiserTensors.ATTENTION_MASKS.get(index), tokens);
    }

    /** 1 for every token of the first row and the first third of the second one's. */
    RandomInputs mask(String name, int tokens) {
        PlainTensor mask = PlainTensor.zeros(ROWS, tokens);
        Arrays.fill(mask.values(), 0, tokens + (tokens + 2) / 3, 1);
        return put(name, mask);
    }

    private static int height(LatentSizes sizes) {
        return sizes.open() ? Math.min(DOWN * sizes.multiple(), sizes.largest()) : sizes.height();
    }

    private static int width(LatentSizes sizes) {
        return sizes.open() ? Math.min(ACROSS * sizes.multiple(), sizes.largest()) : sizes.width();
    }
}
