package dev.genfleet.samples;

import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Captions are made of lower-case words, and the names of constants are such words. */
final class Words {
    private Words() {}

    /** The parts one after the other, such as {@code a red circle on the left}. */
    static String of(Object... parts) {
        return Stream.of(parts)
                .map(String::valueOf)
                .collect(Collectors.joining(" "))
                .replace('_', ' ')
                .toLowerCase(Locale.ROOT);
    }
}
