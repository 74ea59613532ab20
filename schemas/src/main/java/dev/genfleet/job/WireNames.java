package dev.genfleet.job;

import java.util.Arrays;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Reads enums by their names on the wire. */
final class WireNames {

    private WireNames() {}

    /**
     * The value with this name.
     *
     * @throws IllegalArgumentException naming the field, what was given and the allowed names
     */
    static <E extends Enum<E>> E parse(String field, E[] values, Function<E, String> name, String text) {
        return Arrays.stream(values)
                .filter(value -> name.apply(value).equals(text))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(field + " is '" + text + "', but must be one of "
                        + Arrays.stream(values).map(name).collect(Collectors.joining(", "))));
    }
}
