package dev.genfleet.importer.inspect;

import java.util.List;
import java.util.Locale;

/** Large numbers in words. */
public final class Quantity {

    private static final List<String> UNITS = List.of("", " k", " M", " G", " T", " P");

    private Quantity() {}

    /** Three or more digits and a unit of thousands, such as {@code 118.62 G}. */
    public static String of(long count) {
        return of((double) count);
    }

    /** As {@link #of(long)}. */
    public static String of(double count) {
        double scaled = count;
        int unit = 0;
        while (scaled >= 999.995 && unit < UNITS.size() - 1) {
            scaled /= 1000;
            unit++;
        }
        return String.format(Locale.ROOT, unit == 0 ? "%.0f%s" : "%.2f%s", scaled, UNITS.get(unit));
    }

    /** Such as {@code 2.70 GB}. */
    public static String bytes(long count) {
        String text = of(count);
        return text.contains(" ") ? text + "B" : text + " B";
    }
}
