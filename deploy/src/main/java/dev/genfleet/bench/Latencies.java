package dev.genfleet.bench;

import java.util.Arrays;
import java.util.List;

/** Seconds from arrival to end. */
final class Latencies {

    private final double[] seconds;

    private Latencies(double[] seconds) {
        this.seconds = seconds;
    }

    /** Of generations; waits for those that are under way. */
    static Latencies of(List<TimedGeneration> generations) throws Exception {
        double[] seconds = new double[generations.size()];
        for (int i = 0; i < seconds.length; i++) {
            seconds[i] = generations.get(i).seconds().get();
        }
        return new Latencies(seconds);
    }

    double mean() {
        return Arrays.stream(seconds).average().orElseThrow();
    }

    double p95() {
        return Quantile.of(seconds, 0.95);
    }
}
