package dev.genfleet.importer.diffussm;

import java.util.Arrays;

/**
 * Discrete Fourier transforms X[k] = Σ x[l] · exp(-2πi k l / length) of any length in 64-bit arithmetic: Stockham's form of the
 * mixed-radix algorithm (Cooley and Tukey 1965; Van Loan 1992, section 1.7), one stage for each prime factor. Immutable, safe on any
 * thread.
 */
final class Fourier {

    private final int length;
    private final double[] cos;
    private final double[] sin;

    Fourier(int length) {
        this.length = length;
        cos = new double[length];
        sin = new double[length];
        for (int i = 0; i < length; i++) {
            double angle = -2 * Math.PI * i / length;
            cos[i] = Math.cos(angle);
            sin[i] = Math.sin(angle);
        }
    }

    /** Transforms {@code x}, whose samples are lost, as are those of {@code spare}; the result is one of the two. */
    ComplexLanes transform(ComplexLanes x, ComplexLanes spare) {
        ComplexLanes from = x;
        ComplexLanes to = spare;
        int left = length;
        while (left > 1) {
            int radix = smallestFactor(left);
            Stage stage = new Stage(from, to, length / left);
            if (radix == 2) {
                byTwo(stage, left / 2);
            } else {
                by(radix, stage, left / radix);
            }
            from = stage.to;
            to = stage.from;
            left /= radix;
        }
        return from;
    }

    private void byTwo(Stage stage, int half) {
        for (int j = 0; j < half; j++) {
            stage.butterfly(j, j + half, cos[j * stage.stride], sin[j * stage.stride]);
        }
    }

    private void by(int radix, Stage stage, int groups) {
        for (int j = 0; j < groups; j++) {
            for (int k = 0; k < radix; k++) {
                int target = radix * j + k;
                stage.clear(target);
                for (int source = j; source < radix * groups; source += groups) {
                    int turn = (int) ((long) k * source * stage.stride % length);
                    stage.add(source, target, cos[turn], sin[turn]);
                }
            }
        }
    }

    private static int smallestFactor(int number) {
        for (int factor = 2; factor <= number / factor; factor++) {
            if (number % factor == 0) {
                return factor;
            }
        }
        return number;
    }

    /** One pass from one array into the other; runs of {@code stride} samples stay together. */
    private static final class Stage {

        private final ComplexLanes from;
        private final ComplexLanes to;
        private final int stride;
        private final int run;

        Stage(ComplexLanes from, ComplexLanes to, int stride) {
            this.from = from;
            this.to = to;
            this.stride = stride;
            run = stride * ComplexLanes.LANES;
        }

        /** Run 2 · first becomes the sum of two runs, the next one their difference times a factor. */
        void butterfly(int first, int second, double c, double s) {
            double[] fromRe = from.re();
            double[] fromIm = from.im();
            double[] toRe = to.re();
            double[] toIm = to.im();
            int a = first * run;
            int b = second * run;
            int sum = 2 * a;
            int difference = sum + run;
            for (int i = 0; i < run; i++) {
                double re = fromRe[a + i] - fromRe[b + i];
                double im = fromIm[a + i] - fromIm[b + i];
                toRe[sum + i] = fromRe[a + i] + fromRe[b + i];
                toIm[sum + i] = fromIm[a + i] + fromIm[b + i];
                toRe[difference + i] = re * c - im * s;
                toIm[difference + i] = re * s + im * c;
            }
        }

        void clear(int target) {
            Arrays.fill(to.re(), target * run, (target + 1) * run, 0);
            Arrays.fill(to.im(), target * run, (target + 1) * run, 0);
        }

        /** Adds a run times a factor to another. */
        void add(int source, int target, double c, double s) {
            double[] fromRe = from.re();
            double[] fromIm = from.im();
            double[] toRe = to.re();
            double[] toIm = to.im();
            int a = source * run;
            int b = target * run;
            for (int i = 0; i < run; i++) {
                toRe[b + i] += fromRe[a + i] * c - fromIm[a + i] * s;
                toIm[b + i] += fromRe[a + i] * s + fromIm[a + i] * c;
            }
        }
    }
}
