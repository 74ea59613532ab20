package dev.genfleet.engine.schedule;

import dev.genfleet.model.NoiseSchedule;

/** β of every training step, in float64. */
final class Betas {

    private static final double MOST = 0.999;

    private Betas() {}

    /**
     * The betas of a forward process, before any rescaling.
     *
     * @param process not a flow
     */
    static double[] of(NoiseSchedule process) {
        if (!process.trainedBetas().isEmpty()) {
            return process.trainedBetas().stream()
                    .mapToDouble(Double::doubleValue)
                    .toArray();
        }
        return switch (process.betaSchedule()) {
            case LINEAR -> evenly(process.trainSteps(), process.betaStart(), process.betaEnd());
            case SCALED_LINEAR -> {
                double[] roots =
                        evenly(process.trainSteps(), Math.sqrt(process.betaStart()), Math.sqrt(process.betaEnd()));
                for (int i = 0; i < roots.length; i++) {
                    roots[i] *= roots[i];
                }
                yield roots;
            }
            case SQUAREDCOS_CAP_V2 -> squaredCosine(process.trainSteps());
        };
    }

    private static double[] evenly(int count, double first, double last) {
        double[] values = new double[count];
        double step = (last - first) / Math.max(1, count - 1);
        for (int i = 0; i < count; i++) {
            values[i] = i * step + first;
        }
        values[count - 1] = last;
        return values;
    }

    /** Nichol and Dhariwal 2021, equation 17: {@code ᾱ(t) = cos²((t + 0.008) / 1.008 · π/2)}. */
    static double[] squaredCosine(int count) {
        double[] betas = new double[count];
        for (int i = 0; i < count; i++) {
            betas[i] = Math.min(1 - cosine((i + 1.0) / count) / cosine((double) i / count), MOST);
        }
        return betas;
    }

    private static double cosine(double t) {
        double root = StrictMath.cos((t + 0.008) / 1.008 * Math.PI / 2);
        return root * root;
    }
}
