package dev.genfleet.engine;

import dev.genfleet.engine.device.Device;
import dev.genfleet.engine.fault.EngineException;
import dev.genfleet.fault.ErrorCode;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;

/**
 * Pixels to files, on a thread beside a decode thread, so that frames are decoded while those before are encoded. Only so many
 * pixels wait here: decoding waits then, which fills the decode queue, which the engine's thread does not wait for.
 */
final class MediaStage implements Exposures, AutoCloseable {

    private final int pixels;
    private final Device device;
    private final Semaphore room;
    private final BlockingQueue<Exposure> queue = new LinkedBlockingQueue<>(); // bounded by room
    private final Map<Sample, Darkroom> open = new HashMap<>();

    /**
     * A stage without a thread; one calls {@link #runOnce}.
     *
     * @param pixels that may wait; one frame may be larger
     * @param device that may have video encoders of its own
     */
    MediaStage(int pixels, Device device) {
        this.device = device;
        this.pixels = pixels;
        this.room = new Semaphore(pixels);
    }

    @Override
    public void put(Exposure exposure) throws InterruptedException {
        room.acquire(size(exposure));
        queue.add(exposure);
    }

    /** Waits for a frame and encodes it; the last one of a sample makes its file. */
    void runOnce() throws InterruptedException {
        Exposure exposure = queue.take();
        try {
            develop(exposure);
        } finally {
            room.release(size(exposure));
        }
    }

    /** Encodes a frame. */
    void develop(Exposure exposure) {
        switch (exposure) {
            case Exposure.Spoilt spoilt -> close(spoilt.sample());
            case Exposure.Frame frame -> develop(frame);
        }
    }

    private void develop(Exposure.Frame frame) {
        Sample sample = frame.sample();
        if (sample.generation().ended()) {
            close(sample);
            return;
        }
        try {
            open.computeIfAbsent(sample, begun -> new Darkroom(begun, device))
                    .add(frame.pixels())
                    .ifPresent(picture -> {
                        close(sample);
                        sample.generation().deliver(picture);
                    });
        } catch (EngineException e) {
            close(sample);
            sample.generation().endFailed(e);
        } catch (RuntimeException | Error e) {
            close(sample);
            sample.generation()
                    .endFailed(new EngineException(
                            ErrorCode.INTERNAL, Darkroom.nameOf(sample) + " could not be encoded: " + e + ".", e));
        }
    }

    private int size(Exposure exposure) {
        return switch (exposure) {
            case Exposure.Spoilt _ -> 0;
            case Exposure.Frame frame ->
                Math.min(pixels, frame.pixels().width() * frame.pixels().height());
        };
    }

    private void close(Sample sample) {
        Darkroom begun = open.remove(sample);
        if (begun != null) {
            begun.close();
        }
    }

    /** Lets go of files under way; its thread must have ended. */
    @Override
    public void close() {
        open.values().forEach(Darkroom::close);
        open.clear();
    }
}
