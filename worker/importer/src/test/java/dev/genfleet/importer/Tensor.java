package dev.genfleet.importer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;

/** Floats with a shape, for tests. */
public final class Tensor {

    private final float[] values;
    private final long[] shape;

    public Tensor(float[] values, long... shape) {
        this.values = values;
        this.shape = shape;
    }

    public float[] values() {
        return values;
    }

    public long[] shape() {
        return shape;
    }

    public int rows() {
        return (int) shape[0];
    }

    public Tensor rows(int from, int to) {
        int size = values.length / rows();
        long[] part = shape.clone();
        part[0] = (long) to - from;
        return new Tensor(Arrays.copyOfRange(values, from * size, to * size), part);
    }

    public Tensor followedBy(Tensor other) {
        float[] both = Arrays.copyOf(values, values.length + other.values.length);
        System.arraycopy(other.values, 0, both, values.length, other.values.length);
        long[] joined = shape.clone();
        joined[0] += other.shape[0];
        return new Tensor(both, joined);
    }

    public Tensor times(float factor) {
        float[] product = values.clone();
        for (int i = 0; i < product.length; i++) {
            product[i] *= factor;
        }
        return new Tensor(product, shape);
    }

    public double distance(Tensor other) {
        assertThat(other.shape).isEqualTo(shape);
        double largest = 0;
        for (int i = 0; i < values.length; i++) {
            double difference = Math.abs((double) values[i] - other.values[i]);
            largest = Double.isNaN(difference) ? Double.POSITIVE_INFINITY : Math.max(largest, difference);
        }
        return largest;
    }

    /** Root of the mean square of the differences, relative to that of {@code other}; infinite where a number is none. */
    public double relativeError(Tensor other) {
        assertThat(other.shape).isEqualTo(shape);
        double differences = 0;
        double squares = 0;
        for (int i = 0; i < values.length; i++) {
            differences += ((double) values[i] - other.values[i]) * ((double) values[i] - other.values[i]);
            squares += (double) other.values[i] * other.values[i];
        }
        double error = Math.sqrt(differences / squares);
        return Double.isNaN(error) ? Double.POSITIVE_INFINITY : error;
    }
}
