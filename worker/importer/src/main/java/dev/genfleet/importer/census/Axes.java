package dev.genfleet.importer.census;

import java.util.ArrayList;
import java.util.List;

/** Arithmetic on dimensions, as ONNX defines it. */
final class Axes {

    private Axes() {}

    /** {@code axis} counted from the front. */
    static int of(long axis, int rank) {
        long front = axis < 0 ? axis + rank : axis;
        if (front < 0 || front >= rank) {
            throw new Uncountable("speaks of axis " + axis + ", but there are " + rank);
        }
        return (int) front;
    }

    static List<Long> replaced(List<Long> shape, int axis, long side) {
        List<Long> result = new ArrayList<>(shape);
        result.set(axis, side);
        return result;
    }

    /** Multidirectional broadcasting. */
    static List<Long> broadcast(List<Long> a, List<Long> b) {
        int rank = Math.max(a.size(), b.size());
        List<Long> result = new ArrayList<>(rank);
        for (int i = 0; i < rank; i++) {
            long left = aligned(a, i, rank);
            long right = aligned(b, i, rank);
            if (left != right && left != 1 && right != 1) {
                throw new Uncountable("combines shapes " + a + " and " + b);
            }
            result.add(left == 1 ? right : left);
        }
        return result;
    }

    private static long aligned(List<Long> shape, int axis, int rank) {
        int own = axis - (rank - shape.size());
        return own < 0 ? 1 : shape.get(own);
    }

    /** Position of element {@code index} of a tensor of shape {@code out} in one of shape {@code in} that is broadcast to it. */
    static int source(List<Long> out, int index, List<Long> in) {
        int position = 0;
        int stride = 1;
        int rest = index;
        for (int i = 1; i <= out.size(); i++) {
            int side = out.get(out.size() - i).intValue();
            int at = rest % side;
            rest /= side;
            if (i <= in.size()) {
                int own = in.get(in.size() - i).intValue();
                position += (own == 1 ? 0 : at) * stride;
                stride *= own;
            }
        }
        return position;
    }
}
