package dev.genfleet.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.genfleet.engine.Simulation.Arrival;
import dev.genfleet.job.GenerationSpec;
import dev.genfleet.job.GuidanceSpec;
import dev.genfleet.job.GuidanceSpec.Kind;
import dev.genfleet.job.Priority;
import dev.genfleet.job.SamplerSpec;
import dev.genfleet.job.SamplerSpec.Scheduler;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Hundreds of jobs on a simulated device in simulated time, so all of it is the same on every machine. */
final class StepBatchingSimulationTest {

    private static final PrintStream OUT = System.out;
    private static final Instant START = ManualClock.START;
    private static final long PLENTY = 1L << 30;
    private static final int MAX_ROWS = 16;

    private static final List<Priority> PRIORITIES = List.of(Priority.INTERACTIVE, Priority.STANDARD, Priority.BATCH);

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void theRulesHoldAtEveryForward(long seed) throws Exception {
        Random random = new Random(seed);
        int fixed = random.nextInt(40);
        int perRow = 1 + random.nextInt(10);
        IntFunction<Duration> curve = rows -> Duration.ofMillis(fixed + perRow * rows);
        List<Arrival> script = anything(random, 400, fixed + 16 * perRow);
        Simulation simulation = new Simulation(4 + random.nextInt(13), PLENTY, curve);
        Map<Arrival, Duration> latencies = simulation.run(script);
        OUT.printf(
                "seed %d: %d forwards, %d turns, %d expired, longest wait %d ms of %d%n",
                seed,
                simulation.forwards(),
                simulation.rules().turns(),
                simulation.expired(),
                simulation.rules().longestWait().toMillis(),
                simulation.rules().bound().toMillis());
        assertThat(latencies.size() + simulation.expired()).isEqualTo(script.size());
    }

    /** Room for one lane and six samples: the other model's jobs wait until the lane is idle and gives way. */
    @ParameterizedTest
    @ValueSource(longs = {11, 12, 13, 14})
    void theRulesHoldWhenMemoryIsShort(long seed) throws Exception {
        Random random = new Random(seed);
        List<Arrival> script = anything(random, 300, 100);
        long lane = Footprint.ofLane(Specs.manifest().latentShape(Specs.SIZE), Specs.manifest(), MAX_ROWS);
        Simulation simulation = new Simulation(MAX_ROWS, lane + 6 * 256, StepBatchingSimulationTest::saturates);
        Map<Arrival, Duration> latencies = simulation.run(script);
        assertThat(latencies.size() + simulation.expired()).as("seed %d", seed).isEqualTo(script.size());
        assertThat(simulation.rules().mostSamples()).isEqualTo(6);
    }

    @Test
    void shortInteractiveJobsHardlyWaitForLongOnes() throws Exception {
        long seed = 2026;
        List<Arrival> script = longAndShort(new Random(seed), 300);
        Map<Arrival, Duration> ours =
                new Simulation(MAX_ROWS, PLENTY, StepBatchingSimulationTest::saturates).run(script);
        Map<Arrival, Duration> queued = FirstInFirstOut.run(script, StepBatchingSimulationTest::saturates);
        Latencies shared = Latencies.of(ours, Priority.INTERACTIVE);
        Latencies fifo = Latencies.of(queued, Priority.INTERACTIVE);
        OUT.printf("seed %d, interactive: %s; first in, first out: %s%n", seed, shared, fifo);
        OUT.printf(
                "seed %d, batch: %s; first in, first out: %s%n",
                seed, Latencies.of(ours, Priority.BATCH), Latencies.of(queued, Priority.BATCH));
        assertThat(shared.mean()).isLessThan(fifo.mean() / 5);
        assertThat(shared.p95()).isLessThan(fifo.p95() / 5);
    }

    /** Eight equal jobs at once: sharing is no faster here, and whoever is first need not wait for the last. */
    @Test
    void onASaturatedDeviceFewRowsEndTheFirstJobsSooner() throws Exception {
        Map<Arrival, Duration> ours =
                new Simulation(MAX_ROWS, PLENTY, rows -> Duration.ofMillis(10L * rows)).run(equalJobs(8));
        Latencies latencies = Latencies.of(ours, Priority.STANDARD);
        double alone = 20 * 2 * 10;
        assertThat(latencies.mean()).isLessThan(0.65 * 8 * alone); // 4.5 by turns, 8 side by side
        assertThat(latencies.most()).isLessThan(1.1 * 8 * alone);
    }

    @Test
    void onADeviceThatIsNotSaturatedAllShare() throws Exception {
        Map<Arrival, Duration> ours = new Simulation(MAX_ROWS, PLENTY, rows -> Duration.ofMillis(50)).run(equalJobs(8));
        assertThat(Latencies.of(ours, Priority.STANDARD).most()).isLessThan(1.5 * 20 * 50);
    }

    /** Idle below four rows, saturated from there: 12 ms, 3 ms a row. */
    private static Duration saturates(int rows) {
        return Duration.ofMillis(Math.max(12, 3 * rows));
    }

    private static List<Arrival> equalJobs(int count) {
        List<Arrival> script = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            script.add(arrival(i, Duration.ZERO, Priority.STANDARD, spec(0, 1, 20, 2), Optional.empty()));
        }
        return script;
    }

    /** Jobs of every kind, about as many as a device with forwards of {@code fullMillis} can take. */
    private static List<Arrival> anything(Random random, int count, int fullMillis) {
        List<Arrival> script = new ArrayList<>();
        double at = 0;
        for (int i = 0; i < count; i++) {
            at += -Math.log(1 - random.nextDouble()) * 4 * fullMillis;
            Duration when = Duration.ofMillis((long) at);
            Priority priority = PRIORITIES.get(random.nextInt(PRIORITIES.size()));
            GenerationSpec spec =
                    spec(random.nextInt(2), 1 + random.nextInt(3), 1 + random.nextInt(40), 1 + random.nextInt(2));
            Optional<Duration> limit =
                    random.nextInt(4) == 0 ? Optional.of(Duration.ofMillis(random.nextInt(120_000))) : Optional.empty();
            script.add(arrival(i, when, priority, spec, limit));
        }
        return script;
    }

    /** One in four is a batch job of 400 steps, the others are interactive ones of 20. */
    private static List<Arrival> longAndShort(Random random, int count) {
        List<Arrival> script = new ArrayList<>();
        double at = 0;
        for (int i = 0; i < count; i++) {
            at += -Math.log(1 - random.nextDouble()) * 1600;
            boolean isLong = random.nextInt(4) == 0;
            script.add(arrival(
                    i,
                    Duration.ofMillis((long) at),
                    isLong ? Priority.BATCH : Priority.INTERACTIVE,
                    spec(0, 1, isLong ? 400 : 20, 2),
                    Optional.empty()));
        }
        return script;
    }

    private static Arrival arrival(
            int number, Duration at, Priority priority, GenerationSpec spec, Optional<Duration> limit) {
        Instant submitted = START.plus(at);
        return new Arrival(
                at,
                new Generation(
                        "job-" + number,
                        spec,
                        priority,
                        submitted,
                        limit.map(submitted::plus),
                        false,
                        Optional.empty()));
    }

    private static GenerationSpec spec(int model, int images, int steps, int rows) {
        GuidanceSpec guidance = rows == 1 ? new GuidanceSpec(Kind.NONE, 1) : new GuidanceSpec(Kind.CFG, 4);
        GenerationSpec spec = Specs.spec(1, images, new SamplerSpec(Scheduler.DDIM, steps, 0), guidance);
        return Specs.of(Specs.manifest(Simulation.DIGESTS.get(model), Map.of(), Specs.SIZE), spec);
    }

    /** One job after the other, each alone on the device with all its rows. */
    private static final class FirstInFirstOut {

        static Map<Arrival, Duration> run(List<Arrival> script, IntFunction<Duration> curve) {
            Map<Arrival, Duration> latencies = new LinkedHashMap<>();
            Duration free = Duration.ZERO;
            for (Arrival each : script) {
                GenerationSpec spec = each.generation().spec();
                int rows = spec.images() * (spec.guidance().kind() == Kind.NONE ? 1 : 2);
                Duration start = free.compareTo(each.at()) > 0 ? free : each.at();
                free = start.plus(curve.apply(rows).multipliedBy(spec.sampler().steps()));
                latencies.put(each, free.minus(each.at()));
            }
            return latencies;
        }
    }

    /**
     * Milliseconds.
     *
     * @param mean of all
     * @param p95 that 95 of 100 do not exceed
     * @param most of any
     */
    private record Latencies(double mean, double p95, double most) {

        static Latencies of(Map<Arrival, Duration> all, Priority priority) {
            double[] sorted = all.entrySet().stream()
                    .filter(each -> each.getKey().generation().priority() == priority)
                    .mapToDouble(each -> each.getValue().toNanos() / 1e6)
                    .sorted()
                    .toArray();
            double sum = 0;
            for (double each : sorted) {
                sum += each;
            }
            return new Latencies(
                    sum / sorted.length, sorted[(int) (0.95 * (sorted.length - 1))], sorted[sorted.length - 1]);
        }

        @Override
        public String toString() {
            return "mean %.0f ms, p95 %.0f ms".formatted(mean, p95);
        }
    }
}
