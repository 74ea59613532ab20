package dev.genfleet.engine;

import dev.genfleet.engine.device.Device;
import java.time.Duration;
import java.util.Objects;

/**
 * How an engine uses its device.
 *
 * @param device where models run
 * @param denoiserThreads threads within one operator of a denoiser, on the processor
 * @param decoderThreads threads within one operator of a latent decoder, on the processor
 * @param maxRows most rows of one forward, at least 2 so that a guided sample fits
 * @param decodeWorkers threads that decode and encode
 * @param decodeQueue pictures that may wait for them
 * @param patience how long a sample waits before one forward goes by waiting time alone, see {@link StepBatcher}
 * @param rowChoice how many of the rows that wait share a forward
 * @param workingMemory bytes for latents, captions and forwards' buffers together; what does not fit waits
 */
public record EngineSettings(
        Device device,
        int denoiserThreads,
        int decoderThreads,
        int maxRows,
        int decodeWorkers,
        int decodeQueue,
        Duration patience,
        RowChoice rowChoice,
        long workingMemory) {

    public EngineSettings {
        Objects.requireNonNull(device, "device");
        Objects.requireNonNull(rowChoice, "rowChoice");
        atLeast("denoiserThreads", denoiserThreads, 1);
        atLeast("decoderThreads", decoderThreads, 1);
        atLeast("maxRows", maxRows, 2);
        atLeast("decodeWorkers", decodeWorkers, 1);
        atLeast("decodeQueue", decodeQueue, 1);
        if (patience.isNegative() || patience.isZero()) {
            throw new IllegalArgumentException("patience is " + patience + ", but must be positive");
        }
        if (workingMemory < 1) {
            throw new IllegalArgumentException("workingMemory is " + workingMemory + ", but must be at least 1");
        }
    }

    /**
     * The usual settings: all processors denoise, one decodes, up to 16 rows as measured, 2 s of patience, working memory of a
     * quarter of the heap.
     */
    public static EngineSettings on(Device device) {
        int processors = Runtime.getRuntime().availableProcessors();
        Duration patience = Duration.ofSeconds(2);
        return new EngineSettings(device, processors, 1, 16, 1, 8, patience, RowChoice.MEASURED, WorkingMemory.usual());
    }

    /** These settings with other {@link #denoiserThreads}. */
    public EngineSettings withDenoiserThreads(int threads) {
        return new EngineSettings(
                device,
                threads,
                decoderThreads,
                maxRows,
                decodeWorkers,
                decodeQueue,
                patience,
                rowChoice,
                workingMemory);
    }

    /** These settings with other {@link #maxRows}. */
    public EngineSettings withMaxRows(int rows) {
        return new EngineSettings(
                device,
                denoiserThreads,
                decoderThreads,
                rows,
                decodeWorkers,
                decodeQueue,
                patience,
                rowChoice,
                workingMemory);
    }

    /** These settings with another {@link #rowChoice}. */
    public EngineSettings withRowChoice(RowChoice choice) {
        return new EngineSettings(
                device,
                denoiserThreads,
                decoderThreads,
                maxRows,
                decodeWorkers,
                decodeQueue,
                patience,
                choice,
                workingMemory);
    }

    /** These settings with another {@link #workingMemory}. */
    public EngineSettings withWorkingMemory(long bytes) {
        return new EngineSettings(
                device,
                denoiserThreads,
                decoderThreads,
                maxRows,
                decodeWorkers,
                decodeQueue,
                patience,
                rowChoice,
                bytes);
    }

    private static void atLeast(String name, int value, int least) {
        if (value < least) {
            throw new IllegalArgumentException(name + " is " + value + ", but must be at least " + least);
        }
    }
}
