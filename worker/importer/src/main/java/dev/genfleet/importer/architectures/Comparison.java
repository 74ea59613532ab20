package dev.genfleet.importer.architectures;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Locale;
import java.util.Optional;

/**
 * A counted figure beside a published one.
 *
 * @param counted in the unit of the published one
 * @param published as printed
 */
record Comparison(BigDecimal counted, Optional<String> published) {

    private static final int DIGITS = 2;

    /** {@code count} in units of ten to the {@code power}. */
    static Comparison of(long count, int power, Optional<String> published) {
        return new Comparison(BigDecimal.valueOf(count, power), published);
    }

    /** Whether what was counted, rounded to the published figure's digits, is that figure; or nothing was published. */
    boolean equal() {
        return published
                .map(BigDecimal::new)
                .map(figure ->
                        counted.setScale(figure.scale(), RoundingMode.HALF_UP).compareTo(figure) == 0)
                .orElse(true);
    }

    /** With two digits. */
    String countedText() {
        return counted.setScale(DIGITS, RoundingMode.HALF_UP).toPlainString();
    }

    /** As printed, or a dash. */
    String publishedText() {
        return published.orElse("-");
    }

    /** Per cent that were counted above what was published, {@code =} where the published digits are the same, or a dash. */
    String offText() {
        if (published.isEmpty()) {
            return "-";
        }
        double figure = Double.parseDouble(published.get());
        return equal() ? "=" : String.format(Locale.ROOT, "%+.2f %%", 100 * (counted.doubleValue() - figure) / figure);
    }
}
