package dev.genfleet.engine;

import dev.genfleet.engine.device.DeviceFault;
import dev.genfleet.engine.device.Pixels;
import dev.genfleet.engine.fault.EngineException;
import dev.genfleet.engine.media.PictureText;
import dev.genfleet.engine.media.PngEncoder;
import dev.genfleet.fault.ErrorCode;
import dev.genfleet.job.GenerationSpec;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;

/**
 * Latents to files, beside the engine's thread, which never waits here: a full queue refuses, and {@code freed} says when to try
 * again. Each picture is decoded alone, so that its pixels cannot depend on its neighbours.
 */
final class DecodeStage {

    private final Map<String, LoadedModel> models;
    private final BlockingQueue<Sample> queue;
    private final Runnable freed;

    /**
     * A stage without threads; they call {@link #runOnce}.
     *
     * @param models by digest
     * @param capacity pictures that may wait
     * @param freed called when a waiting picture was taken
     */
    DecodeStage(Map<String, LoadedModel> models, int capacity, Runnable freed) {
        this.models = Map.copyOf(models);
        this.queue = new ArrayBlockingQueue<>(capacity);
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
            sample.generation().deliver(picture(sample));
        } catch (EngineException e) {
            sample.generation().endFailed(e);
        } catch (RuntimeException | Error e) {
            sample.generation()
                    .endFailed(new EngineException(
                            ErrorCode.INTERNAL, nameOf(sample) + " could not be decoded: " + e + ".", e));
        }
    }

    private Picture picture(Sample sample) throws EngineException {
        LoadedModel model = models.get(sample.plan().lane().digest());
        float scalingFactor = (float) model.manifest().latent().scalingFactor();
        float[] scaled = sample.latents().clone();
        for (int i = 0; i < scaled.length; i++) {
            scaled[i] /= scalingFactor;
        }
        Pixels pixels;
        try {
            pixels = model.latentDecoder().decode(scaled, sample.plan().shape());
        } catch (DeviceFault e) {
            throw new EngineException(
                    ErrorCode.DENOISER_FAULT, nameOf(sample) + " could not be decoded: " + e.getMessage() + ".", e);
        }
        if (!pixels.finite()) {
            throw new EngineException(
                    ErrorCode.NUMERICAL_FAULT, nameOf(sample) + " has pixels that are not finite numbers.");
        }
        GenerationSpec spec = sample.generation().spec();
        byte[] file =
                switch (spec.outputFormat()) {
                    case PNG -> PngEncoder.encode(pixels, PictureText.of(spec, sample.index()));
                    default -> throw new IllegalStateException();
                };
        return new Picture(
                sample.index(),
                spec.seedOf(sample.index()),
                pixels.width(),
                pixels.height(),
                spec.outputFormat(),
                file);
    }

    private static String nameOf(Sample sample) {
        return "Picture " + sample.index() + " of job "
                + sample.generation().generation().id();
    }
}
