package dev.genfleet.engine;

import dev.genfleet.engine.fault.EngineException;
import dev.genfleet.engine.shelf.Loan;
import dev.genfleet.engine.shelf.ModelLoans;
import dev.genfleet.fault.ErrorCode;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;

/**
 * Latents to files, beside the engine's thread, which never waits here: a full queue refuses, and {@code freed} says when to try
 * again. Each picture is made alone, so that its pixels cannot depend on its neighbours.
 */
final class DecodeStage {

    private final ModelLoans models;
    private final BlockingQueue<Sample> queue;
    private final Runnable freed;

    /**
     * A stage without threads; they call {@link #runOnce}.
     *
     * @param models lent while they decode
     * @param capacity pictures that may wait
     * @param freed called when a waiting picture was taken
     */
    DecodeStage(ModelLoans models, int capacity, Runnable freed) {
        this.models = models;
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
        Optional<Loan> lent = models.borrow(sample.plan().lane().digest());
        if (lent.isEmpty()) {
            return; // its generation has just ended
        }
        try (Loan loan = lent.get()) {
            sample.generation().deliver(new Darkroom(loan.model(), sample).develop());
        } catch (EngineException e) {
            sample.generation().endFailed(e);
        } catch (RuntimeException | Error e) {
            sample.generation()
                    .endFailed(new EngineException(
                            ErrorCode.INTERNAL, Darkroom.nameOf(sample) + " could not be decoded: " + e + ".", e));
        }
    }
}
