package dev.genfleet.engine;

import dev.genfleet.engine.device.Device;
import dev.genfleet.engine.shelf.ModelMemory;
import java.time.Duration;
import java.util.Objects;

/**
 * How an engine uses its device.
 *
 * @param name what log lines, thread names and heartbeats call the engine
 * @param device where models run
 * @param threads of the models, on the processor
 * @param stepping how denoising steps share forwards
 * @param decoding how pictures are made of what is denoised
 * @param memory which models are on the device
 */
public record EngineSettings(
        String name, Device device, Threads threads, Stepping stepping, Decoding decoding, ModelMemory memory) {

    public EngineSettings {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(device, "device");
        Objects.requireNonNull(threads, "threads");
        Objects.requireNonNull(stepping, "stepping");
        Objects.requireNonNull(decoding, "decoding");
        Objects.requireNonNull(memory, "memory");
    }

    /**
     * The usual settings: all processors denoise, one decodes, up to 16 rows as measured, 2 s of patience, working memory of a
     * quarter of the heap, a checkpoint every 2 s, every model stays.
     */
    public static EngineSettings on(Device device) {
        return new EngineSettings(
                device.toString(),
                device,
                new Threads(Runtime.getRuntime().availableProcessors(), 1),
                new Stepping(
                        16, Duration.ofSeconds(2), RowChoice.MEASURED, WorkingMemory.usual(), Duration.ofSeconds(2)),
                new Decoding(1, 8, DecodeBatch.on(device)),
                ModelMemory.unbounded());
    }

    /** These settings under another {@link #name}. */
    public EngineSettings withName(String other) {
        return new EngineSettings(other, device, threads, stepping, decoding, memory);
    }

    /** These settings with other {@link Threads#denoiser}. */
    public EngineSettings withDenoiserThreads(int count) {
        return new EngineSettings(name, device, new Threads(count, threads.decoder()), stepping, decoding, memory);
    }

    /** These settings with other {@link #stepping}. */
    public EngineSettings withStepping(Stepping other) {
        return new EngineSettings(name, device, threads, other, decoding, memory);
    }

    /** These settings with other {@link Stepping#maxRows}. */
    public EngineSettings withMaxRows(int rows) {
        return withStepping(new Stepping(
                rows, stepping.patience(), stepping.rowChoice(), stepping.workingMemory(), stepping.checkpointEvery()));
    }

    /** These settings with another {@link Stepping#rowChoice}. */
    public EngineSettings withRowChoice(RowChoice choice) {
        return withStepping(new Stepping(
                stepping.maxRows(), stepping.patience(), choice, stepping.workingMemory(), stepping.checkpointEvery()));
    }

    /** These settings with another {@link Stepping#workingMemory}. */
    public EngineSettings withWorkingMemory(long bytes) {
        return withStepping(new Stepping(
                stepping.maxRows(), stepping.patience(), stepping.rowChoice(), bytes, stepping.checkpointEvery()));
    }

    /** These settings with another {@link Stepping#checkpointEvery}. */
    public EngineSettings withCheckpointEvery(Duration every) {
        return withStepping(new Stepping(
                stepping.maxRows(), stepping.patience(), stepping.rowChoice(), stepping.workingMemory(), every));
    }

    /** These settings with other {@link #decoding}. */
    public EngineSettings withDecoding(Decoding other) {
        return new EngineSettings(name, device, threads, stepping, other, memory);
    }

    /** These settings with another {@link Decoding#batch}. */
    public EngineSettings withDecodeBatch(DecodeBatch batch) {
        return withDecoding(new Decoding(decoding.workers(), decoding.queue(), batch));
    }

    /** These settings with other {@link #memory}. */
    public EngineSettings withMemory(ModelMemory other) {
        return new EngineSettings(name, device, threads, stepping, decoding, other);
    }

    /**
     * Threads within one operator, on the processor.
     *
     * @param denoiser of a denoiser
     * @param decoder of a latent decoder or text encoder
     */
    public record Threads(int denoiser, int decoder) {
        public Threads {
            atLeast("threads.denoiser", denoiser, 1);
            atLeast("threads.decoder", decoder, 1);
        }
    }

    /**
     * How denoising steps share forwards.
     *
     * @param maxRows most rows of one forward, at least 2 so that a guided sample fits
     * @param patience how long a sample waits before one forward goes by waiting time alone, see {@link StepBatcher}
     * @param rowChoice how many of the rows that wait share a forward
     * @param workingMemory bytes for latents, captions and forwards' buffers together; what does not fit waits
     * @param checkpointEvery time between two checkpoints of a generation, see {@link CheckpointPace}; zero for none
     */
    public record Stepping(
            int maxRows, Duration patience, RowChoice rowChoice, long workingMemory, Duration checkpointEvery) {
        public Stepping {
            Objects.requireNonNull(rowChoice, "stepping.rowChoice");
            if (workingMemory < 1) {
                throw new IllegalArgumentException(
                        "stepping.workingMemory is " + workingMemory + ", but must be at least 1");
            }
            atLeast("stepping.maxRows", maxRows, 2);
            if (patience.isNegative() || patience.isZero()) {
                throw new IllegalArgumentException("stepping.patience is " + patience + ", but must be positive");
            }
            if (checkpointEvery.isNegative()) {
                throw new IllegalArgumentException(
                        "stepping.checkpointEvery is " + checkpointEvery + ", but must not be negative");
            }
        }
    }

    /**
     * How pictures are made of what is denoised.
     *
     * @param workers threads that decode, each with one beside it that encodes
     * @param queue pictures that may wait for them
     * @param batch how much is decoded at once
     */
    public record Decoding(int workers, int queue, DecodeBatch batch) {
        public Decoding {
            Objects.requireNonNull(batch, "decoding.batch");
            atLeast("decoding.workers", workers, 1);
            atLeast("decoding.queue", queue, 1);
        }
    }

    private static void atLeast(String name, int value, int least) {
        if (value < least) {
            throw new IllegalArgumentException(name + " is " + value + ", but must be at least " + least);
        }
    }
}
