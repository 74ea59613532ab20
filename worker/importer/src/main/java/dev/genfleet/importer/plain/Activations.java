package dev.genfleet.importer.plain;

/** Activation functions of one number. */
final class Activations {

    private static final double ERF_IS_ONE = 6;

    private Activations() {}

    /** x · sigmoid(x). */
    static double silu(double x) {
        return x / (1 + Math.exp(-x));
    }

    /** x · sigmoid(1.702 x), the cheaper approximation of Hendrycks and Gimpel 2016, section 2. */
    static double quickGelu(double x) {
        return x / (1 + Math.exp(-1.702 * x));
    }

    /** The approximation by tanh of Hendrycks and Gimpel 2016, section 2. */
    static double geluTanh(double x) {
        return x / 2 * (1 + Math.tanh(Math.sqrt(2 / Math.PI) * (x + 0.044715 * x * x * x)));
    }

    /** x · Φ(x) (Hendrycks and Gimpel 2016, section 2). */
    static double gelu(double x) {
        return x / 2 * (1 + erf(x / Math.sqrt(2)));
    }

    static double relu(double x) {
        return Math.max(x, 0);
    }

    /** By the series with terms of one sign (Abramowitz and Stegun 1964, 7.1.6). */
    static double erf(double x) {
        if (Double.isNaN(x) || Math.abs(x) > ERF_IS_ONE) {
            return Double.isNaN(x) ? x : Math.signum(x);
        }
        double term = x;
        double sum = x;
        for (int n = 1; Math.abs(term) > Math.abs(sum) * 1e-17; n++) {
            term *= 2 * x * x / (2 * n + 1);
            sum += term;
        }
        return 2 / Math.sqrt(Math.PI) * Math.exp(-x * x) * sum;
    }
}
