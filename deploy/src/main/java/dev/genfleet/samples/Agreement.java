package dev.genfleet.samples;

import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * How a picture or a clip agrees with what was asked for.
 *
 * @param aspects whether each aspect that the request speaks of is right, in the order of {@link Aspect}
 * @param amount of a clip in which an object is seen: displacement of its centre from the first to the last frame in the direction
 *     that was asked for, as a fraction of the canvas, negative for back; for standing still the length of the displacement
 * @param seen what the judge sees, in words
 */
public record Agreement(Map<Aspect, Boolean> aspects, OptionalDouble amount, String seen) {
    public Agreement {
        if (aspects.isEmpty()) {
            throw new IllegalArgumentException("aspects are empty, but a request speaks of at least one");
        }
        aspects = Collections.unmodifiableMap(new EnumMap<>(aspects));
    }

    public boolean allRight() {
        return !aspects.containsValue(false);
    }

    /**
     * Whether one aspect is right.
     *
     * @throws IllegalArgumentException if the request does not speak of it
     */
    public boolean right(Aspect aspect) {
        if (!aspects.containsKey(aspect)) {
            throw new IllegalArgumentException("aspect is " + aspect + ", but must be one of " + aspects.keySet());
        }
        return aspects.get(aspect);
    }

    /** The aspects that are not right. */
    public Set<Aspect> wrong() {
        EnumSet<Aspect> wrong = EnumSet.copyOf(aspects.keySet());
        wrong.removeIf(aspects::get);
        return Collections.unmodifiableSet(wrong);
    }
}
