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
 * @param decodeWorkers threads that decode, each with one beside it that encodes
 * @param decodeQueue pictures that may wait for them
 * @param patience how long a sample waits before one forward goes by waiting time alone, see {@link StepBatcher}
 * @param decodeBatch how much is decoded at once
 */
public record EngineSettings(
        Device device,
        int denoiserThreads,
        int decoderThreads,
        int maxRows,
        int decodeWorkers,
        int decodeQueue,
        Duration patience,
        DecodeBatch decodeBatch) {

    public EngineSettings {
        Objects.requireNonNull(device, "device");
        Objects.requireNonNull(decodeBatch, "decodeBatch");
        atLeast("denoiserThreads", denoiserThreads, 1);
        atLeast("decoderThreads", decoderThreads, 1);
        atLeast("maxRows", maxRows, 2);
        atLeast("decodeWorkers", decodeWorkers, 1);
        atLeast("decodeQueue", decodeQueue, 1);
        if (patience.isNegative() || patience.isZero()) {
            throw new IllegalArgumentException("patience is " + patience + ", but must be positive");
        }
    }

    /** The usual settings: all processors denoise, one decodes, 16 rows, 2 s of patience. */
    public static EngineSettings on(Device device) {
        int processors = Runtime.getRuntime().availableProcessors();
        return new EngineSettings(device, processors, 1, 16, 1, 8, Duration.ofSeconds(2), DecodeBatch.on(device));
    }

    /** These settings with other {@link #denoiserThreads}. */
    public EngineSettings withDenoiserThreads(int threads) {
        return new EngineSettings(
                device, threads, decoderThreads, maxRows, decodeWorkers, decodeQueue, patience, decodeBatch);
    }

    /** These settings with other {@link #maxRows}. */
    public EngineSettings withMaxRows(int rows) {
        return new EngineSettings(
                device, denoiserThreads, decoderThreads, rows, decodeWorkers, decodeQueue, patience, decodeBatch);
    }

    /** These settings with another {@link #decodeBatch}. */
    public EngineSettings withDecodeBatch(DecodeBatch batch) {
        return new EngineSettings(
                device, denoiserThreads, decoderThreads, maxRows, decodeWorkers, decodeQueue, patience, batch);
    }

    private static void atLeast(String name, int value, int least) {
        if (value < least) {
            throw new IllegalArgumentException(name + " is " + value + ", but must be at least " + least);
        }
    }
}
