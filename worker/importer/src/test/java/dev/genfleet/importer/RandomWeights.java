package dev.genfleet.importer;

import dev.genfleet.importer.checkpoint.StoredTensor;
import dev.genfleet.importer.family.Architecture;
import dev.genfleet.importer.family.Emission;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;

/** Whole checkpoints of random numbers for any architecture, the same for the same one. */
public final class RandomWeights {

    private RandomWeights() {}

    /** Matrices and kernels keep the variance of what they multiply; biases are small. */
    public static Map<String, Tensor> of(Architecture architecture) {
        SplittableRandom random = new SplittableRandom(23);
        Map<String, Tensor> weights = new LinkedHashMap<>();
        for (StoredTensor key : Emission.keys(architecture)) {
            long[] shape = key.shape().stream().mapToLong(Long::longValue).toArray();
            double inputs = 1;
            for (int i = 1; i < shape.length; i++) {
                inputs *= shape[i];
            }
            double deviation = key.name().endsWith(".bias") ? 0.05 : 1 / Math.sqrt(inputs);
            weights.put(key.name(), normal(random, deviation, shape));
        }
        return weights;
    }

    /** Numbers of variance 1; those of a row are the same whatever the number of rows. */
    public static Tensor normal(long... shape) {
        return normal(new SplittableRandom(5), 1, shape);
    }

    private static Tensor normal(SplittableRandom random, double deviation, long... shape) {
        int size = 1;
        for (long side : shape) {
            size *= (int) side;
        }
        float[] values = new float[size];
        for (int i = 0; i < size; i++) {
            values[i] = (float) (random.nextGaussian() * deviation);
        }
        return new Tensor(values, shape);
    }
}
