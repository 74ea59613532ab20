package dev.genfleet.bench;

import dev.genfleet.engine.fault.EngineException;
import dev.genfleet.job.Priority;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * Short interactive jobs that arrive while long ones run: under step batching they join at the next step; first in, first out they
 * wait until everything before them has ended.
 */
final class Overtaking {

    private static final int LONG_JOBS = 2;
    private static final int SHORT_JOBS = 12;

    private final EngineRun engine;
    private final int longSteps;
    private final int shortSteps;

    Overtaking(EngineRun engine, int longSteps, int shortSteps) {
        this.engine = engine;
        this.longSteps = longSteps;
        this.shortSteps = shortSteps;
    }

    /** What one arm took. */
    private record Outcome(Latencies shortJobs, Latencies longJobs) {}

    /** Runs both arms with the same arrivals and prints them. */
    void report(PrintWriter out) throws Exception {
        double longSeconds = engine.submit(longSteps, Priority.BATCH).seconds().get();
        long gap = Math.round(1e9 * longSeconds * LONG_JOBS / (SHORT_JOBS + 1));
        Outcome queued = run(gap, new FirstInFirstOut());
        Outcome batched = run(gap, engine::submit);
        out.printf(
                Locale.ROOT,
                "%n%d interactive jobs of %d steps arrive while %d jobs of %d steps run (%.1f s each, alone):%n",
                SHORT_JOBS,
                shortSteps,
                LONG_JOBS,
                longSteps,
                longSeconds);
        out.println("                     interactive mean, s   p95, s   long jobs mean, s");
        line(out, "first in, first out", queued);
        line(out, "step batching", batched);
        out.printf(
                Locale.ROOT,
                "step batching / first in, first out: mean %.3f, p95 %.3f; long jobs %.2f%n",
                batched.shortJobs().mean() / queued.shortJobs().mean(),
                batched.shortJobs().p95() / queued.shortJobs().p95(),
                batched.longJobs().mean() / queued.longJobs().mean());
        out.flush();
    }

    private static void line(PrintWriter out, String name, Outcome outcome) {
        out.printf(
                Locale.ROOT,
                "%-19s  %19.2f   %6.2f   %17.2f%n",
                name,
                outcome.shortJobs().mean(),
                outcome.shortJobs().p95(),
                outcome.longJobs().mean());
    }

    private Outcome run(long gapNanos, Arrivals arrivals) throws Exception {
        List<TimedGeneration> longJobs = new ArrayList<>();
        List<TimedGeneration> shortJobs = new ArrayList<>();
        for (int i = 0; i < LONG_JOBS; i++) {
            longJobs.add(arrive(arrivals, longSteps, Priority.BATCH));
        }
        long next = System.nanoTime();
        for (int i = 0; i < SHORT_JOBS; i++) {
            next += gapNanos;
            TimeUnit.NANOSECONDS.sleep(next - System.nanoTime());
            shortJobs.add(arrive(arrivals, shortSteps, Priority.INTERACTIVE));
        }
        return new Outcome(Latencies.of(shortJobs), Latencies.of(longJobs));
    }

    private static TimedGeneration arrive(Arrivals arrivals, int steps, Priority priority) throws EngineException {
        TimedGeneration timed = new TimedGeneration();
        arrivals.add(timed, steps, priority);
        return timed;
    }

    /** Where jobs go when they arrive. */
    @FunctionalInterface
    private interface Arrivals {
        void add(TimedGeneration timed, int steps, Priority priority) throws EngineException;
    }

    /** Hands the engine one job at a time, in order of arrival. */
    private final class FirstInFirstOut implements Arrivals {

        private final LinkedBlockingQueue<Runnable> waiting = new LinkedBlockingQueue<>();

        FirstInFirstOut() {
            Thread.ofVirtual().start(this::serve);
        }

        @Override
        public void add(TimedGeneration timed, int steps, Priority priority) {
            waiting.add(() -> {
                try {
                    engine.submit(timed, steps, priority);
                } catch (EngineException e) {
                    timed.failed(e);
                }
                timed.seconds().exceptionally(fault -> Double.NaN).join();
            });
        }

        private void serve() {
            try {
                for (int i = 0; i < LONG_JOBS + SHORT_JOBS; i++) {
                    waiting.take().run();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
