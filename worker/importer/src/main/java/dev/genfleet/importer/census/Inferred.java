package dev.genfleet.importer.census;

import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import java.util.List;
import java.util.Optional;

/**
 * What is known of a tensor before anything runs.
 *
 * @param type element type
 * @param shape dimensions, outermost first; empty for a scalar
 * @param numbers row-major, where they follow from shapes and constants and are few. Doubles hold every dimension exactly; only
 *     the "up to the end" of slices is larger, and saturates
 */
record Inferred(int type, List<Long> shape, Optional<List<Double>> numbers) {

    /** Shapes, axes and scales are shorter than this; longer constants are weights. */
    static final long MOST_NUMBERS = 4096;

    Inferred {
        shape = List.copyOf(shape);
        numbers = numbers.map(List::copyOf);
        if (shape.stream().anyMatch(side -> side < 0)) {
            throw new Uncountable("has a result of shape " + shape);
        }
        if (numbers.isPresent() && numbers.get().size() != elements(shape)) {
            throw new Uncountable("holds " + numbers.get().size() + " numbers under shape " + shape);
        }
    }

    static Inferred of(int type, List<Long> shape) {
        return new Inferred(type, shape, Optional.empty());
    }

    static Inferred known(int type, List<Long> shape, List<Double> numbers) {
        return new Inferred(
                type,
                shape,
                Optional.of(numbers.stream()
                        .map(number -> type == DataType.FLOAT_VALUE ? number.floatValue() : number)
                        .toList()));
    }

    static Inferred vector(List<Long> numbers) {
        return known(
                DataType.INT64_VALUE,
                List.of((long) numbers.size()),
                numbers.stream().map(Long::doubleValue).toList());
    }

    long elements() {
        return elements(shape);
    }

    int rank() {
        return shape.size();
    }

    /** The side at {@code axis}, which may count from the end. */
    long side(int axis) {
        return shape.get(Axes.of(axis, rank()));
    }

    Inferred withShape(List<Long> other) {
        return new Inferred(type, other, numbers);
    }

    static long elements(List<Long> shape) {
        return shape.stream().reduce(1L, Math::multiplyExact);
    }
}
