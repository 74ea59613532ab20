package dev.genfleet.engine;

import dev.genfleet.engine.device.DeviceFault;
import dev.genfleet.engine.device.RowConditioning;
import dev.genfleet.engine.fault.EngineException;
import dev.genfleet.engine.shelf.LoadedModel;
import dev.genfleet.engine.shelf.Loan;
import dev.genfleet.engine.shelf.ModelLoans;
import dev.genfleet.engine.text.CaptionCache;
import dev.genfleet.engine.text.CaptionEncoder;
import dev.genfleet.engine.text.CaptionRound;
import dev.genfleet.fault.ErrorCode;
import dev.genfleet.job.Conditioning;
import dev.genfleet.model.ModelConditioning;
import java.util.ArrayList;
import java.util.HashMap;
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

    private final ModelLoans models;
    private final CaptionCache cache;
    private final Consumer<ActiveGeneration> ready;
    private final BlockingQueue<ActiveGeneration> queue = new LinkedBlockingQueue<>();

    /**
     * A stage without a thread; one calls {@link #runOnce}.
     *
     * @param models lent while their encoders run
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

    /** Waits for a generation and encodes its captions and those of the generations that wait behind it, in their order. */
    void runOnce() throws InterruptedException {
        List<ActiveGeneration> waiting = new ArrayList<>(List.of(queue.take()));
        queue.drainTo(waiting, GENERATIONS_AT_ONCE - 1);
        try (LentModels lent = new LentModels(models)) {
            encode(waiting, lent);
        }
    }

    private void encode(List<ActiveGeneration> waiting, LentModels lent) {
        CaptionRound round = new CaptionRound(cache);
        for (ActiveGeneration generation : waiting) {
            guarded(generation, () -> {
                if (!generation.stopRequested()) {
                    CaptionEncoder encoder =
                            lent.to(generation).captionEncoder().orElseThrow();
                    for (String caption : texts(generation, lent)) {
                        round.want(generation.spec().modelDigest(), encoder, caption);
                    }
                }
            });
        }
        for (ActiveGeneration generation : waiting) {
            guarded(generation, () -> {
                if (!generation.stopRequested()) {
                    generation.conditionOn(conditionings(generation, lent, round));
                }
                ready.accept(generation);
            });
        }
    }

    /** What must be encoded for a generation. */
    private static List<String> texts(ActiveGeneration generation, LentModels lent) {
        Conditioning.Caption caption = caption(generation);
        return needsNegativeText(generation, lent)
                ? List.of(caption.prompt(), caption.negativePrompt())
                : List.of(caption.prompt());
    }

    /** Whether unconditional rows see an encoded text, not zeros. */
    private static boolean needsNegativeText(ActiveGeneration generation, LentModels lent) {
        ModelConditioning.Captions captions =
                (ModelConditioning.Captions) lent.to(generation).manifest().conditioning();
        boolean zeros = caption(generation).negativePrompt().isEmpty()
                && captions.nullText() == ModelConditioning.NullText.ZEROS;
        return generation.plan().guidance().needsUnconditional() && !zeros;
    }

    private static Conditionings conditionings(ActiveGeneration generation, LentModels lent, CaptionRound round)
            throws DeviceFault {
        String digest = generation.spec().modelDigest();
        Conditioning.Caption caption = caption(generation);
        RowConditioning.OfCaption conditional = round.encoded(digest, caption.prompt());
        if (!generation.plan().guidance().needsUnconditional()) {
            return new Conditionings(conditional, conditional);
        }
        return new Conditionings(
                conditional,
                needsNegativeText(generation, lent)
                        ? round.encoded(digest, caption.negativePrompt())
                        : conditional.zeros());
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

    /** The models of the generations at hand, each lent once, until all their encoders have run. */
    private static final class LentModels implements AutoCloseable {

        private final ModelLoans models;
        private final Map<String, Loan> byDigest = new HashMap<>();

        LentModels(ModelLoans models) {
            this.models = models;
        }

        /** The model of a generation, which holds it as long as it has not ended. */
        LoadedModel to(ActiveGeneration generation) {
            return byDigest.computeIfAbsent(generation.spec().modelDigest(), digest -> models.borrow(digest)
                            .orElseThrow())
                    .model();
        }

        @Override
        public void close() {
            byDigest.values().forEach(Loan::close);
        }
    }

    private interface Work {
        void run() throws DeviceFault;
    }
}
