package dev.genfleet.engine;

import dev.genfleet.engine.device.DeviceFault;
import dev.genfleet.engine.device.RowConditioning;
import dev.genfleet.engine.fault.EngineException;
import dev.genfleet.engine.shelf.LoadedModel;
import dev.genfleet.engine.shelf.Loan;
import dev.genfleet.engine.shelf.ModelLoans;
import dev.genfleet.engine.text.CaptionCache;
import dev.genfleet.fault.ErrorCode;
import dev.genfleet.job.Conditioning;
import dev.genfleet.model.ModelConditioning;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;

/**
 * Captions to vectors, beside the engine's thread: a generation joins the loop once its captions are encoded. Each caption is
 * encoded alone, so that its vectors cannot depend on its neighbours, and kept for the next job that has it.
 */
final class TextStage {

    private final ModelLoans models;
    private final CaptionCache cache;
    private final Consumer<ActiveGeneration> ready;
    private final BlockingQueue<ActiveGeneration> queue = new LinkedBlockingQueue<>();

    /**
     * A stage without a thread; one calls {@link #runOnce}.
     *
     * @param models lent while they encode
     * @param cache of encoded captions
     * @param ready told each generation whose captions are encoded
     */
    TextStage(ModelLoans models, CaptionCache cache, Consumer<ActiveGeneration> ready) {
        this.models = models;
        this.cache = cache;
        this.ready = ready;
    }

    /** Queues a generation; any thread. As many wait as jobs were leased, so the queue needs no bound of its own. */
    void add(ActiveGeneration generation) {
        queue.add(generation);
    }

    /** Waits for a generation and encodes its captions. */
    void runOnce() throws InterruptedException {
        ActiveGeneration generation = queue.take();
        try {
            if (!generation.stopRequested()) {
                // A generation that has not ended holds its model.
                try (Loan loan = models.borrow(generation.spec().modelDigest()).orElseThrow()) {
                    generation.conditionOn(encode(generation, loan.model()));
                }
            }
            ready.accept(generation);
        } catch (DeviceFault e) {
            generation.endFailed(new EngineException(
                    ErrorCode.DENOISER_FAULT,
                    "The text encoder of model " + generation.spec().model() + " could not run: " + e.getMessage()
                            + ".",
                    e));
        } catch (RuntimeException | Error e) {
            generation.endFailed(
                    new EngineException(ErrorCode.INTERNAL, "The caption could not be encoded: " + e + ".", e));
        }
    }

    private Conditionings encode(ActiveGeneration generation, LoadedModel model) throws DeviceFault {
        Conditioning.Caption caption = (Conditioning.Caption) generation.spec().conditioning();
        ModelConditioning.Captions captions =
                (ModelConditioning.Captions) model.manifest().conditioning();
        RowConditioning.OfCaption conditional = encode(model, caption.prompt());
        if (!generation.plan().guidance().needsUnconditional()) {
            return new Conditionings(conditional, conditional);
        }
        boolean zeros = caption.negativePrompt().isEmpty() && captions.nullText() == ModelConditioning.NullText.ZEROS;
        return new Conditionings(conditional, zeros ? conditional.zeros() : encode(model, caption.negativePrompt()));
    }

    private RowConditioning.OfCaption encode(LoadedModel model, String caption) throws DeviceFault {
        String digest = model.manifest().digest();
        var known = cache.find(digest, caption);
        if (known.isPresent()) {
            return known.get();
        }
        RowConditioning.OfCaption encoded = model.captionEncoder().orElseThrow().encode(caption);
        cache.keep(digest, caption, encoded);
        return encoded;
    }
}
