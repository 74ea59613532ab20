package dev.genfleet.importer.diffussm;

/**
 * The transform behind {@link SpectralConvolution} as real matrices for both {@link Stages}.
 *
 * <p>It is the discrete Fourier transform at odd frequencies: with n = 2 · length, X[k] = Σ x[l] · exp(-2πi (k + 1/2) l / n). Under
 * it products are skew-circular convolutions of length n (Bongiovanni, Corsini and Frosini 1976), so signals and kernels of
 * {@code length} samples convolve linearly. For real signals X[n - 1 - k] is the conjugate of X[k]; the even k are one of each
 * pair, hence all there is to know, and X[2k'] = Σ x[l] · exp(-2πi (k' + 1/4) l / length) is a transform of {@code length} points,
 * without padding. Splitting l and k' as in Cooley and Tukey 1965, every factor falls into one of two matrices, so there is no
 * multiplication by twiddle factors in between. Computed in 64-bit arithmetic from exact fractions of a turn.
 */
record StageMatrices(Stages stages) {

    /** {@code [2 · outer, outer]}: real samples along jb to real and imaginary rows, in turn, for each kb. */
    float[] analysisOuter() {
        int outer = stages.outer();
        float[] matrix = new float[2 * outer * outer];
        for (int kb = 0; kb < outer; kb++) {
            for (int jb = 0; jb < outer; jb++) {
                double angle = outerAngle(kb, jb);
                matrix[2 * kb * outer + jb] = (float) Math.cos(angle);
                matrix[(2 * kb + 1) * outer + jb] = (float) -Math.sin(angle);
            }
        }
        return matrix;
    }

    /** {@code [outer, 2 · inner, 2 · inner]}: for each kb, real then imaginary along ja to real then imaginary along ka. */
    float[] analysisInner() {
        int inner = stages.inner();
        float[] matrix = new float[4 * stages.outer() * inner * inner];
        for (int kb = 0; kb < stages.outer(); kb++) {
            for (int ka = 0; ka < inner; ka++) {
                for (int ja = 0; ja < inner; ja++) {
                    putRotation(matrix, kb, ka, ja, -innerAngle(kb, ka, ja));
                }
            }
        }
        return matrix;
    }

    /** {@code [outer, 2 · inner, 2 · inner]}: for each kb, real then imaginary along ka to real then imaginary along ja. */
    float[] synthesisInner() {
        int inner = stages.inner();
        float[] matrix = new float[4 * stages.outer() * inner * inner];
        for (int kb = 0; kb < stages.outer(); kb++) {
            for (int ja = 0; ja < inner; ja++) {
                for (int ka = 0; ka < inner; ka++) {
                    putRotation(matrix, kb, ja, ka, innerAngle(kb, ka, ja));
                }
            }
        }
        return matrix;
    }

    /** {@code [outer, 2 · outer]}: real and imaginary rows, in turn, for each kb to real samples along jb. */
    float[] synthesisOuter() {
        int outer = stages.outer();
        float[] matrix = new float[2 * outer * outer];
        for (int jb = 0; jb < outer; jb++) {
            for (int kb = 0; kb < outer; kb++) {
                double angle = outerAngle(kb, jb);
                matrix[2 * (jb * outer + kb)] = (float) (Math.cos(angle) / stages.length());
                matrix[2 * (jb * outer + kb) + 1] = (float) (-Math.sin(angle) / stages.length());
            }
        }
        return matrix;
    }

    /** A complex factor as a real 2x2 matrix, its four numbers {@code inner} rows and columns apart. */
    private void putRotation(float[] matrix, int kb, int row, int column, double angle) {
        int side = 2 * stages.inner();
        int at = (kb * side + row) * side + column;
        int below = at + stages.inner() * side;
        matrix[at] = (float) Math.cos(angle);
        matrix[at + stages.inner()] = (float) -Math.sin(angle);
        matrix[below] = (float) Math.sin(angle);
        matrix[below + stages.inner()] = (float) Math.cos(angle);
    }

    private double outerAngle(int kb, int jb) {
        return turns((4L * kb + 1) * jb, 4L * stages.outer());
    }

    private double innerAngle(int kb, int ka, int ja) {
        return turns((4 * (kb + (long) stages.outer() * ka) + 1) * ja, 4L * stages.length());
    }

    private static double turns(long numerator, long denominator) {
        return 2 * Math.PI * (numerator % denominator) / denominator;
    }
}
