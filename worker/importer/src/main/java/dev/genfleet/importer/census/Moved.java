package dev.genfleet.importer.census;

import java.util.ArrayList;
import java.util.List;

/** Moves a tensor's known numbers to other places. */
final class Moved {

    /** Where an element of the result comes from, both as one index per dimension. */
    @FunctionalInterface
    interface Source {
        long[] of(long[] index);
    }

    private Moved() {}

    /** {@code x} under {@code shape}; its numbers follow where they are known and few. */
    static Inferred to(Inferred x, List<Long> shape, Source source) {
        if (x.numbers().isEmpty() || Inferred.elements(shape) > Inferred.MOST_NUMBERS) {
            return Inferred.of(x.type(), shape);
        }
        List<Double> numbers = new ArrayList<>();
        for (int i = 0; i < Inferred.elements(shape); i++) {
            numbers.add(x.numbers().get().get(flat(x.shape(), source.of(index(shape, i)))));
        }
        return Inferred.known(x.type(), shape, numbers);
    }

    private static long[] index(List<Long> shape, int position) {
        long[] index = new long[shape.size()];
        long rest = position;
        for (int axis = shape.size() - 1; axis >= 0; axis--) {
            index[axis] = rest % shape.get(axis);
            rest /= shape.get(axis);
        }
        return index;
    }

    private static int flat(List<Long> shape, long[] index) {
        long position = 0;
        for (int axis = 0; axis < shape.size(); axis++) {
            position = position * shape.get(axis) + index[axis];
        }
        return (int) position;
    }
}
