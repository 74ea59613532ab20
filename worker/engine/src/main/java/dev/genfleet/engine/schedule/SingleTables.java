package dev.genfleet.engine.schedule;

import dev.genfleet.model.NoiseSchedule;

/**
 * ᾱ of every training step in float32, rounded where diffusers rounds: its samplers are built on such tables, and late steps feel
 * the difference to float64.
 */
final class SingleTables {

    private SingleTables() {}

    /** ᾱ; with a rescaled process 0 at the last step. */
    static float[] alphasCumprod(NoiseSchedule process) {
        float[] betas = betas(process);
        return cumulative(process.endsInNoise() ? rescaled(betas) : betas);
    }

    /** As {@link #alphasCumprod}, with a last entry that has a noise level: 2⁻²⁴ in place of 0. */
    static float[] positiveAlphasCumprod(NoiseSchedule process) {
        float[] table = alphasCumprod(process);
        if (process.endsInNoise()) {
            table[table.length - 1] = 0x1p-24f;
        }
        return table;
    }

    private static float[] betas(NoiseSchedule process) {
        if (!process.trainedBetas().isEmpty()) {
            return rounded(Betas.of(process));
        }
        return switch (process.betaSchedule()) {
            case LINEAR -> evenly(process.trainSteps(), process.betaStart(), process.betaEnd());
            case SCALED_LINEAR -> {
                float[] roots =
                        evenly(process.trainSteps(), Math.sqrt(process.betaStart()), Math.sqrt(process.betaEnd()));
                for (int i = 0; i < roots.length; i++) {
                    roots[i] *= roots[i];
                }
                yield roots;
            }
            case SQUAREDCOS_CAP_V2 -> rounded(Betas.of(process));
        };
    }

    /** Counted from the nearer end, as torch does. */
    private static float[] evenly(int count, double first, double last) {
        float start = (float) first;
        float end = (float) last;
        float step = count == 1 ? 0 : (end - start) / (count - 1);
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = i < count / 2 ? start + step * i : end - step * (count - 1 - i);
        }
        return values;
    }

    private static float[] rounded(double[] values) {
        float[] floats = new float[values.length];
        for (int i = 0; i < values.length; i++) {
            floats[i] = (float) values[i];
        }
        return floats;
    }

    private static float[] cumulative(float[] betas) {
        float[] products = new float[betas.length];
        double product = 1;
        for (int i = 0; i < betas.length; i++) {
            product *= 1f - betas[i];
            products[i] = (float) product;
        }
        return products;
    }

    /** Lin et al. 2024, algorithm 1: √ᾱ is shifted to 0 at the last step and stretched to what it was at the first. */
    private static float[] rescaled(float[] betas) {
        float[] alphas = cumulative(betas);
        float first = (float) Math.sqrt(alphas[0]);
        float last = (float) Math.sqrt(alphas[alphas.length - 1]);
        float stretch = first / (first - last);
        for (int i = 0; i < alphas.length; i++) {
            float root = ((float) Math.sqrt(alphas[i]) - last) * stretch;
            alphas[i] = root * root;
        }
        float[] others = new float[alphas.length];
        for (int i = 0; i < alphas.length; i++) {
            others[i] = 1f - (i == 0 ? alphas[0] : alphas[i] / alphas[i - 1]);
        }
        return others;
    }
}
