package dev.genfleet.worker.testing;

import dev.genfleet.engine.Checkpoint;
import dev.genfleet.engine.Generation;
import dev.genfleet.engine.GenerationListener;
import dev.genfleet.engine.Picture;
import dev.genfleet.engine.Run;
import dev.genfleet.engine.SampleState;
import dev.genfleet.engine.fault.EngineException;
import dev.genfleet.fault.ErrorCode;
import dev.genfleet.job.ImageSize;
import dev.genfleet.worker.job.Generator;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/** Stands in for the engine: each generation does what the test says, when the test says so. */
public final class ScriptedGenerator implements Generator {

    private final BlockingQueue<ScriptedRun> submitted = new LinkedBlockingQueue<>();

    @Override
    public Run submit(Generation generation, GenerationListener listener) {
        ScriptedRun run = new ScriptedRun(generation, listener);
        submitted.add(run);
        return run;
    }

    /** The next generation that was submitted. */
    public ScriptedRun next() {
        try {
            ScriptedRun run = submitted.poll(20, TimeUnit.SECONDS);
            if (run == null) {
                throw new AssertionError("nothing was submitted within 20 s");
            }
            return run;
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** Whether nothing waits to be played. */
    public boolean isIdle() {
        return submitted.isEmpty();
    }

    /** One generation; its methods play the engine's thread. */
    public static final class ScriptedRun implements Run {

        private final Generation generation;
        private final GenerationListener listener;
        private final CountDownLatch canceled = new CountDownLatch(1);
        private final CountDownLatch suspended = new CountDownLatch(1);

        ScriptedRun(Generation generation, GenerationListener listener) {
            this.generation = generation;
            this.listener = listener;
        }

        public Generation generation() {
            return generation;
        }

        @Override
        public void cancel() {
            canceled.countDown();
        }

        @Override
        public void suspend() {
            suspended.countDown();
        }

        /** Whether the run was told to be put aside within {@code wait}. */
        public boolean isSuspendedWithin(Duration wait) throws InterruptedException {
            return suspended.await(wait.toMillis(), TimeUnit.MILLISECONDS);
        }

        /** Whether the run was told to stop within {@code wait}. */
        public boolean isCanceledWithin(Duration wait) throws InterruptedException {
            return canceled.await(wait.toMillis(), TimeUnit.MILLISECONDS);
        }

        /** Plays steps {@code first} to {@code last}. */
        public ScriptedRun steps(int first, int last) {
            IntStream.rangeClosed(first, last)
                    .forEach(step ->
                            listener.stepped(step, generation.spec().sampler().steps()));
            return this;
        }

        /** Ends with one picture per image, whose bytes depend on the seed alone. */
        public void finish() {
            ImageSize size = generation.spec().size();
            List<Picture> pictures = IntStream.range(0, generation.spec().images())
                    .mapToObj(index -> new Picture(
                            index,
                            generation.spec().seedOf(index),
                            size.width(),
                            size.height(),
                            generation.spec().outputFormat(),
                            bytes(generation.spec().seedOf(index))))
                    .toList();
            listener.finished(pictures);
        }

        /** Plays all steps and ends well. */
        public void complete() {
            steps(1, generation.spec().sampler().steps()).finish();
        }

        /** Ends at a step boundary. */
        public void stopAt(int step) {
            listener.canceled(step);
        }

        /** Ends because it may no longer start. */
        public void expire() {
            listener.expired();
        }

        /** Tells where it is. */
        public ScriptedRun checkpoint(int step) {
            listener.checkpointed(reached(step));
            return this;
        }

        /** Is put aside after {@code step}, with a checkpoint unless that is 0. */
        public void suspendAt(int step) {
            listener.suspended(Optional.of(reached(step)).filter(checkpoint -> step > 0));
        }

        /** What stands for the state of a generation after {@code step}. */
        public Checkpoint reached(int step) {
            return new Checkpoint(IntStream.range(0, generation.spec().images())
                    .mapToObj(index -> new SampleState(step, new float[] {step, index}, new float[0][]))
                    .toList());
        }

        /** Ends badly. */
        public void fail(ErrorCode code) {
            listener.failed(new EngineException(code, "The script says so."));
        }
    }

    /** What stands for the encoded picture of a seed. */
    public static byte[] bytes(long seed) {
        return ("picture of seed " + seed).getBytes(StandardCharsets.UTF_8);
    }
}
