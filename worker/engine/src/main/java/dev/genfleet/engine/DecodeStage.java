package dev.genfleet.engine;

import dev.genfleet.engine.device.Device;
import dev.genfleet.engine.fault.EngineException;
import dev.genfleet.fault.ErrorCode;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;

/**
 * Latents to files, beside the engine's thread, which never waits here: a full queue refuses, and {@code freed} says when to try
 * again. Each picture is made alone, so that its pixels cannot depend on its neighbours.
 */
final class DecodeStage {

    private final Map<String, LoadedModel> models;
    private final BlockingQueue<Sample> queue;
    private final Device device;
    private final Runnable freed;

    /**
     * A stage without threads; they call {@link #runOnce}.
     *
     * @param models by digest
     * @param capacity pictures that may wait
     * @param device that may have video encoders of its own
     * @param freed called when a waiting picture was taken
     */
    DecodeStage(Map<String, LoadedModel> models, int capacity, Device device, Runnable freed) {
        this.models = Map.copyOf(models);
        this.queue = new ArrayBlockingQueue<>(capacity);
        this.device = device;
        this.freed = freed;
    }

    /** Hands a denoised sample over, unless the queue is full. */
    boolean offer(Sample sample) {
        return queue.offer(sample);
    }

    /** Waits for a picture and makes it. */
    void runOnce() throws InterruptedException {
        Sample sample = queue.take();
        freed.run();
        if (sample.generation().ended()) {
            return;
        }
        try {
            LoadedModel model = models.get(sample.plan().lane().digest());
            sample.generation().deliver(new Darkroom(model, sample, device).develop());
        } catch (EngineException e) {
            sample.generation().endFailed(e);
        } catch (RuntimeException | Error e) {
            sample.generation()
                    .endFailed(new EngineException(
                            ErrorCode.INTERNAL, Darkroom.nameOf(sample) + " could not be decoded: " + e + ".", e));
        }
    }
}
