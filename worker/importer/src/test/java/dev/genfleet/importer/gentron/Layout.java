package dev.genfleet.importer.gentron;

import dev.genfleet.importer.Tensor;
import java.util.Arrays;

/** Orders of dimensions in which tests need tensors. */
final class Layout {

    private Layout() {}

    /** Exchanges the second and the third dimension: frames and channels of videos. */
    static Tensor exchanged(Tensor x) {
        long[] shape = x.shape().clone();
        int first = (int) shape[1];
        int second = (int) shape[2];
        int inner = (int) Arrays.stream(shape, 3, shape.length).reduce(1, (a, b) -> a * b);
        float[] ordered = new float[x.values().length];
        for (int row = 0; row < x.rows(); row++) {
            for (int i = 0; i < first; i++) {
                for (int j = 0; j < second; j++) {
                    System.arraycopy(
                            x.values(),
                            ((row * first + i) * second + j) * inner,
                            ordered,
                            ((row * second + j) * first + i) * inner,
                            inner);
                }
            }
        }
        shape[1] = second;
        shape[2] = first;
        return new Tensor(ordered, shape);
    }

    /** The same numbers under another shape. */
    static Tensor shaped(Tensor x, long... shape) {
        return new Tensor(x.values(), shape);
    }

    /** The first {@code count} of the second dimension. */
    static Tensor firstOf(Tensor x, int count) {
        int size = x.values().length / x.rows();
        int kept = size / (int) x.shape()[1] * count;
        float[] part = new float[x.rows() * kept];
        for (int row = 0; row < x.rows(); row++) {
            System.arraycopy(x.values(), row * size, part, row * kept, kept);
        }
        long[] shape = x.shape().clone();
        shape[1] = count;
        return new Tensor(part, shape);
    }
}
