package dev.genfleet.report;

import java.util.Locale;

/** Something measured. */
sealed interface Value {

    /** For comparisons with an aim. */
    double number();

    /** As tables show it, with its unit. */
    String text();

    /** As tables show the least value that is aimed at. */
    String aim(double least);

    /** Some of so many. */
    record Share(long right, long of) implements Value {
        @Override
        public double number() {
            return of == 0 ? 0 : (double) right / of;
        }

        @Override
        public String text() {
            return String.format(Locale.ROOT, "%.1f %% (%d of %d)", 100 * number(), right, of);
        }

        @Override
        public String aim(double least) {
            return String.format(Locale.ROOT, "≥ %.0f %%", 100 * least);
        }
    }

    /**
     * A quantity.
     *
     * @param digits after the point
     * @param unit may be empty
     */
    record Quantity(double number, int digits, String unit) implements Value {
        @Override
        public String text() {
            if (Double.isInfinite(number)) {
                return "∞ " + unit;
            }
            return (String.format(Locale.ROOT, "%." + digits + "f", number) + " " + unit).strip();
        }

        @Override
        public String aim(double least) {
            return "≥ " + new Quantity(least, digits, unit).text();
        }
    }

    /** Yes or no. */
    record Answer(boolean yes) implements Value {
        @Override
        public double number() {
            return yes ? 1 : 0;
        }

        @Override
        public String text() {
            return yes ? "yes" : "no";
        }

        @Override
        public String aim(double least) {
            return "yes";
        }
    }
}
