package dev.genfleet.engine.guidance;

import java.util.List;

/**
 * Another guidance, rescaled (Lin et al. 2024, "Common Diffusion Noise Schedules and Sample Steps are Flawed", equations 15 and
 * 16): {@code ε = φ · ε' · std(ε(c)) / std(ε') + (1 − φ) · ε'}, where ε' is the guided prediction. Deviations are those of one
 * sample over all guided channels, divided by n − 1, and summed in double precision in one order. A guided prediction without
 * deviation stays as it is.
 *
 * @param guidance what is rescaled; it guides some rows
 * @param rescale φ, 0 to 1
 * @param channels how many channels, from the first, are guided
 */
record RescaledGuidance(Guidance guidance, double rescale, int channels) implements Guidance {

    @Override
    public List<Branch> branches() {
        return guidance.branches();
    }

    @Override
    public void combine(float[][] predictions, int cells) {
        float[] prediction = predictions[0];
        int guided = channels * cells;
        double conditional = deviation(prediction, guided);
        guidance.combine(predictions, cells);
        double combined = deviation(prediction, guided);
        if (combined == 0) {
            return;
        }
        float factor = (float) (rescale * conditional / combined + (1 - rescale));
        for (int i = 0; i < guided; i++) {
            prediction[i] *= factor;
        }
    }

    private static double deviation(float[] values, int count) {
        if (count < 2) {
            return 0;
        }
        double sum = 0;
        for (int i = 0; i < count; i++) {
            sum += values[i];
        }
        double mean = sum / count;
        double squares = 0;
        for (int i = 0; i < count; i++) {
            double off = values[i] - mean;
            squares += off * off;
        }
        return Math.sqrt(squares / (count - 1));
    }
}
