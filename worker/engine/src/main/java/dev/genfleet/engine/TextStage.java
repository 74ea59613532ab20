package dev.genfleet.engine;

import dev.genfleet.engine.device.DeviceFault;
import dev.genfleet.engine.device.RowConditioning;
import dev.genfleet.engine.fault.EngineException;
import dev.genfleet.engine.text.CaptionCache;
import dev.genfleet.engine.text.CaptionEncoder;
import dev.genfleet.engine.text.CaptionRound;
import dev.genfleet.fault.ErrorCode;
import dev.genfleet.job.Conditioning;
import dev.genfleet.model.ModelConditioning;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;

/**
 * Captions to vectors, beside the engine's thread: a generation joins the loop once its captions are encoded. Those of all
 * generations that wait at one moment share forwards, whose rows do not influence each other, and are kept for the next job that
 * has them.
 */
final class TextStage {

    private static final int GENERATIONS_AT_ONCE = 64;

    private final Map<String, LoadedModel> models;
    private final CaptionCache cache;
    private final Consumer<ActiveGeneration> ready;
    private final BlockingQueue<ActiveGeneration> queue = new LinkedBlockingQueue<>();

    /**
     * A stage without a thread; one calls {@link #runOnce}.
     *
     * @param models by digest
     * @param cache of encoded captions
     * @param ready told each generation whose captions are encoded
     */
    TextStage(Map<String, LoadedModel> models, CaptionCache cache, Consumer<ActiveGeneration> ready) {
        this.models = Map.copyOf(models);
        this.cache = cache;
        this.ready = ready;
    }

    /** Queues a generation; any thread. As many wait as jobs were leased, so the queue needs no bound of its own. */
    void add(ActiveGeneration generation) {
        queue.add(generation);
    }

    /** Waits for a generation and encodes its captions and those of the generations that wait behind it, in their order. */
    void runOnce() throws InterruptedException {
        List<ActiveGeneration> waiting = new ArrayList<>(List.of(queue.take()));
        queue.drainTo(waiting, GENERATIONS_AT_ONCE - 1);
        CaptionRound round = new CaptionRound(cache);
        for (ActiveGeneration generation : waiting) {
            guarded(generation, () -> {
                if (!generation.cancelRequested()) {
                    CaptionEncoder encoder = model(generation).captionEncoder().orElseThrow();
                    for (String caption : texts(generation)) {
                        round.want(generation.spec().modelDigest(), encoder, caption);
                    }
                }
            });
        }
        for (ActiveGeneration generation : waiting) {
            guarded(generation, () -> {
                if (!generation.cancelRequested()) {
                    generation.conditionOn(conditionings(generation, round));
                }
                ready.accept(generation);
            });
        }
    }

    private LoadedModel model(ActiveGeneration generation) {
        return models.get(generation.spec().modelDigest());
    }

    /** What must be encoded for a generation. */
    private List<String> texts(ActiveGeneration generation) {
        Conditioning.Caption caption = caption(generation);
        return needsNegativeText(generation)
                ? List.of(caption.prompt(), caption.negativePrompt())
                : List.of(caption.prompt());
    }

    /** Whether unconditional rows see an encoded text, not zeros. */
    private boolean needsNegativeText(ActiveGeneration generation) {
        ModelConditioning.Captions captions =
                (ModelConditioning.Captions) model(generation).manifest().conditioning();
        boolean zeros = caption(generation).negativePrompt().isEmpty()
                && captions.nullText() == ModelConditioning.NullText.ZEROS;
        return generation.plan().guidance().needsUnconditional() && !zeros;
    }

    private Conditionings conditionings(ActiveGeneration generation, CaptionRound round) throws DeviceFault {
        String digest = generation.spec().modelDigest();
        Conditioning.Caption caption = caption(generation);
        RowConditioning.OfCaption conditional = round.encoded(digest, caption.prompt());
        if (!generation.plan().guidance().needsUnconditional()) {
            return new Conditionings(conditional, conditional);
        }
        return new Conditionings(
                conditional,
                needsNegativeText(generation) ? round.encoded(digest, caption.negativePrompt()) : conditional.zeros());
    }

    private static Conditioning.Caption caption(ActiveGeneration generation) {
        return (Conditioning.Caption) generation.spec().conditioning();
    }

    /** Whatever goes wrong with one generation ends that one alone. */
    private static void guarded(ActiveGeneration generation, Work work) {
        if (generation.ended()) {
            return;
        }
        try {
            work.run();
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

    private interface Work {
        void run() throws DeviceFault;
    }
}
