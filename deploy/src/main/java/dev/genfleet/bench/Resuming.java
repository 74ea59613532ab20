package dev.genfleet.bench;

import dev.genfleet.engine.Checkpoint;
import dev.genfleet.engine.GenerationListener;
import dev.genfleet.engine.Picture;
import dev.genfleet.engine.Run;
import dev.genfleet.engine.fault.EngineException;
import java.io.PrintWriter;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** A job that is put aside half-way and goes on, against the same job undisturbed. */
final class Resuming {

    private static final int ROUNDS = 5;

    private Resuming() {}

    static void report(EngineRun engine, int steps, PrintWriter out) throws Exception {
        double[] undisturbed = new double[ROUNDS];
        double[] resumed = new double[ROUNDS];
        boolean same = true;
        for (int round = 0; round < ROUNDS; round++) {
            long begun = System.nanoTime();
            byte[] expected = Stint.start(engine, steps, Optional.empty(), steps + 1)
                    .picture()
                    .get();
            undisturbed[round] = (System.nanoTime() - begun) / 1e9;
            begun = System.nanoTime();
            Checkpoint half = Stint.start(engine, steps, Optional.empty(), steps / 2)
                    .left()
                    .get();
            byte[] picture = Stint.start(engine, steps, Optional.of(half), steps + 1)
                    .picture()
                    .get();
            resumed[round] = (System.nanoTime() - begun) / 1e9;
            same &= Arrays.equals(expected, picture);
        }
        double extra = Quantile.of(resumed, 0.5) - Quantile.of(undisturbed, 0.5);
        out.printf(
                Locale.ROOT,
                "%nput aside after %d of %d steps and resumed: %.3f s, undisturbed %.3f s, so %.1f ms or %.2f steps more; %s%n",
                steps / 2,
                steps,
                Quantile.of(resumed, 0.5),
                Quantile.of(undisturbed, 0.5),
                1e3 * extra,
                extra / (Quantile.of(undisturbed, 0.5) / steps),
                same ? "the same bytes" : "OTHER BYTES");
        out.flush();
    }

    /** Runs until a step, or to the end. */
    private record Stint(
            int stopAt,
            CompletableFuture<Run> run,
            CompletableFuture<byte[]> picture,
            CompletableFuture<Checkpoint> left)
            implements GenerationListener {

        static Stint start(EngineRun engine, int steps, Optional<Checkpoint> from, int stopAt) throws EngineException {
            Stint stint =
                    new Stint(stopAt, new CompletableFuture<>(), new CompletableFuture<>(), new CompletableFuture<>());
            stint.run.complete(engine.submit(steps, from, stint));
            return stint;
        }

        @Override
        public void stepped(int step, int steps) {
            if (step == stopAt) {
                run.join().suspend();
            }
        }

        @Override
        public void finished(List<Picture> pictures) {
            picture.complete(pictures.getFirst().bytes());
        }

        @Override
        public void suspended(Optional<Checkpoint> checkpoint) {
            left.complete(checkpoint.orElseThrow());
        }

        @Override
        public void canceled(int step) {
            picture.cancel(false);
        }

        @Override
        public void expired() {
            picture.cancel(false);
        }

        @Override
        public void failed(EngineException fault) {
            picture.completeExceptionally(fault);
            left.completeExceptionally(fault);
        }
    }
}
