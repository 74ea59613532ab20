package dev.genfleet.bench;

import dev.genfleet.job.Priority;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Semaphore;

/** So many jobs in flight all the time, against one by one. */
final class Concurrency {

    private static final int[] IN_FLIGHT = {1, 2, 4, 8, 16};

    private Concurrency() {}

    /**
     * Runs and prints a line for each number in flight.
     *
     * @param jobs jobs of each line
     * @param mostRowsPerSecond what the device could predict if it did nothing but multiply matrices
     */
    static void report(EngineRun engine, int jobs, int steps, double mostRowsPerSecond, PrintWriter out)
            throws Exception {
        out.printf(Locale.ROOT, "%n%d jobs of %d steps, so many in flight at any time:%n", jobs, steps);
        out.println("in flight   pictures/s   to one by one   mean latency, s   rows a forward   of matrix rate");
        double oneByOne = 0;
        for (int inFlight : IN_FLIGHT) {
            engine.forwards().reset();
            long begun = System.nanoTime();
            List<TimedGeneration> ended = run(engine, jobs, inFlight, steps);
            double mean = Latencies.of(ended).mean();
            double rate = jobs / ((System.nanoTime() - begun) / 1e9);
            oneByOne = inFlight == 1 ? rate : oneByOne;
            out.printf(
                    Locale.ROOT,
                    "%9d   %10.2f   %13.2f   %15.2f   %14.1f   %12.0f %%%n",
                    inFlight,
                    rate,
                    rate / oneByOne,
                    mean,
                    engine.forwards().rowsOfForward(),
                    100 * engine.forwards().rowsPerSecond() / mostRowsPerSecond);
            out.flush();
        }
    }

    private static List<TimedGeneration> run(EngineRun engine, int jobs, int inFlight, int steps) throws Exception {
        Semaphore free = new Semaphore(inFlight);
        List<TimedGeneration> all = new ArrayList<>();
        for (int i = 0; i < jobs; i++) {
            free.acquire();
            TimedGeneration timed = engine.submit(steps, Priority.STANDARD);
            var unused = timed.seconds().whenComplete((seconds, fault) -> free.release());
            all.add(timed);
        }
        for (TimedGeneration timed : all) {
            timed.seconds().get();
        }
        return all;
    }
}
