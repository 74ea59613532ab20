package dev.genfleet.model;

import java.util.List;

/**
 * The linear map from latents, as the denoiser knows them, to colours of about -1 to 1: a picture that costs nothing, one pixel for
 * each latent cell. Colour {@code c} of a cell is {@code bias[c] + Σ weights[channel][c] · latent[channel]}.
 *
 * @param weights for each latent channel, what it adds to red, green and blue
 * @param bias red, green and blue of latents that are 0
 */
public record RgbFactors(List<List<Double>> weights, List<Double> bias) {

    private static final int COLOURS = 3;

    public RgbFactors {
        if (weights == null || bias == null) {
            throw new IllegalArgumentException("latent.rgb_factors of model.json needs weights and bias");
        }
        weights = weights.stream().map(List::copyOf).toList();
        bias = List.copyOf(bias);
        if (weights.isEmpty() || bias.size() != COLOURS || weights.stream().anyMatch(row -> row.size() != COLOURS)) {
            throw new IllegalArgumentException(
                    "latent.rgb_factors of model.json must be three numbers for each latent channel, and a bias of three,"
                            + " but are " + weights + " and " + bias);
        }
    }

    /** The colour {@code 0} (red), {@code 1} or {@code 2} of a cell. */
    public float colour(int colour, float[] cell) {
        double sum = bias.get(colour);
        for (int channel = 0; channel < weights.size(); channel++) {
            sum += weights.get(channel).get(colour) * cell[channel];
        }
        return (float) sum;
    }
}
