package dev.genfleet.importer.plain;

import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;

/** 64-bit numbers with a shape, row-major, outermost dimension first. */
public final class PlainTensor {

    private static final int CHUNK = 1 << 14;

    private final double[] values;
    private final int[] shape;

    /**
     * Takes over an array.
     *
     * @throws IllegalArgumentException when the shape asks for another number of values
     */
    public PlainTensor(double[] values, int... shape) {
        if (size(shape) != values.length) {
            throw new IllegalArgumentException(
                    values.length + " values do not fill the shape " + Arrays.toString(shape));
        }
        this.values = values;
        this.shape = shape.clone();
    }

    /** Zeros. */
    static PlainTensor zeros(int... shape) {
        return new PlainTensor(new double[size(shape)], shape);
    }

    /** The numbers themselves, not a copy. */
    public double[] values() {
        return values;
    }

    /** The dimensions. */
    public int[] shape() {
        return shape.clone();
    }

    /** One dimension; negative axes count from the last. */
    int side(int axis) {
        return shape[axis < 0 ? shape.length + axis : axis];
    }

    /** How many rows of the last dimension there are. */
    int rows() {
        return values.length / side(-1);
    }

    /** The same numbers under another shape; one side may be -1. */
    PlainTensor reshaped(int... sides) {
        int[] other = sides.clone();
        for (int i = 0; i < other.length; i++) {
            if (other[i] < 0) {
                other[i] = 1;
                other[i] = values.length / size(other);
            }
        }
        return new PlainTensor(values, other);
    }

    /** A copy with dimensions in another order: dimension {@code i} of the result is dimension {@code order[i]} of this. */
    PlainTensor permuted(int... order) {
        int[] strides = new int[shape.length];
        int stride = 1;
        for (int axis = shape.length - 1; axis >= 0; axis--) {
            strides[axis] = stride;
            stride *= shape[axis];
        }
        int[] sides = Arrays.stream(order).map(axis -> shape[axis]).toArray();
        PlainTensor result = zeros(sides);
        int[] index = new int[sides.length];
        int from = 0;
        for (int at = 0; at < values.length; at++) {
            result.values[at] = values[from];
            for (int axis = sides.length - 1; axis >= 0; axis--) {
                from += strides[order[axis]];
                if (++index[axis] < sides[axis]) {
                    break;
                }
                from -= sides[axis] * strides[order[axis]];
                index[axis] = 0;
            }
        }
        return result;
    }

    /** Part {@code index} of {@code parts} equal ones of the last dimension. */
    PlainTensor chunk(int index, int parts) {
        int width = side(-1) / parts;
        int[] sides = shape.clone();
        sides[sides.length - 1] = width;
        PlainTensor result = zeros(sides);
        for (int row = 0; row < rows(); row++) {
            System.arraycopy(values, row * side(-1) + index * width, result.values, row * width, width);
        }
        return result;
    }

    /** Both side by side along the last dimension. */
    PlainTensor beside(PlainTensor other) {
        int width = side(-1) + other.side(-1);
        int[] sides = shape.clone();
        sides[sides.length - 1] = width;
        PlainTensor result = zeros(sides);
        for (int row = 0; row < rows(); row++) {
            System.arraycopy(values, row * side(-1), result.values, row * width, side(-1));
            System.arraycopy(other.values, row * other.side(-1), result.values, row * width + side(-1), other.side(-1));
        }
        return result;
    }

    PlainTensor plus(PlainTensor other) {
        requireShapeOf(other);
        double[] sums = new double[values.length];
        Arrays.setAll(sums, i -> values[i] + other.values[i]);
        return new PlainTensor(sums, shape);
    }

    PlainTensor times(PlainTensor other) {
        requireShapeOf(other);
        double[] products = new double[values.length];
        Arrays.setAll(products, i -> values[i] * other.values[i]);
        return new PlainTensor(products, shape);
    }

    /** A function of each number, on all processors. */
    PlainTensor map(DoubleUnaryOperator function) {
        double[] results = new double[values.length];
        IntStream.rangeClosed(0, (values.length - 1) / CHUNK).parallel().forEach(chunk -> {
            int end = Math.min(values.length, (chunk + 1) * CHUNK);
            for (int i = chunk * CHUNK; i < end; i++) {
                results[i] = function.applyAsDouble(values[i]);
            }
        });
        return new PlainTensor(results, shape);
    }

    private void requireShapeOf(PlainTensor other) {
        if (!Arrays.equals(shape, other.shape)) {
            throw new IllegalArgumentException("shapes are " + Arrays.toString(shape) + " and "
                    + Arrays.toString(other.shape) + ", but must be equal");
        }
    }

    private static int size(int[] shape) {
        return Arrays.stream(shape).reduce(1, Math::multiplyExact);
    }
}
