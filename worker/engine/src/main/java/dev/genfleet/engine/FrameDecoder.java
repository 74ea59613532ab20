package dev.genfleet.engine;

import dev.genfleet.engine.device.DeviceFault;
import dev.genfleet.engine.device.Pixels;
import dev.genfleet.engine.fault.EngineException;
import dev.genfleet.engine.shelf.LoadedModel;
import dev.genfleet.engine.shelf.Loan;
import dev.genfleet.engine.shelf.ModelLoans;
import dev.genfleet.fault.ErrorCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Latents to pixels, on a decode thread of its own. Frames of a video, and of whatever waits with frames alike, share forwards,
 * whose rows do not influence each other. Frames leave in their order, the samples in the order in which they were taken.
 */
final class FrameDecoder {

    private final ModelLoans models;
    private final DecodeStage waiting;
    private final DecodeBatch limit;
    private final Exposures exposures;
    private Optional<Negative> begun = Optional.empty();

    /**
     * A decoder without a thread; one calls {@link #runOnce}.
     *
     * @param models lent while they decode
     * @param waiting what to decode
     * @param limit of one forward
     * @param exposures takes what was decoded
     */
    FrameDecoder(ModelLoans models, DecodeStage waiting, DecodeBatch limit, Exposures exposures) {
        this.models = models;
        this.waiting = waiting;
        this.limit = limit;
        this.exposures = exposures;
    }

    /** Waits for a sample unless one is begun, decodes one batch of frames and hands them on, which may wait as well. */
    void runOnce() throws InterruptedException {
        Negative first = begun.isPresent() ? begun.get() : new Negative(waiting.take());
        begun = Optional.empty();
        if (first.sample().generation().ended()) {
            exposures.put(new Exposure.Spoilt(first.sample()));
            return;
        }
        Optional<Loan> lent = models.borrow(first.sample().plan().lane().digest());
        if (lent.isEmpty()) {
            exposures.put(new Exposure.Spoilt(first.sample())); // its generation has just ended
            return;
        }
        try (Loan loan = lent.get()) {
            develop(loan.model(), load(first));
        }
    }

    /** The next frames of the sample, and where they are fewer than a batch, of those that wait with frames alike. */
    private List<Cut> load(Negative first) {
        var size = first.sample().generation().spec().size();
        int rows = limit.rows(size.width() * size.height());
        List<Cut> cuts = new ArrayList<>();
        Optional<Negative> negative = Optional.of(first);
        while (negative.isPresent() && cuts.size() < rows) {
            while (negative.get().hasNext() && cuts.size() < rows) {
                cuts.add(new Cut(negative.get(), negative.get().next()));
            }
            begun = negative.filter(Negative::hasNext);
            negative = cuts.size() < rows ? waiting.takeLike(first.sample()).map(Negative::new) : Optional.empty();
        }
        return cuts;
    }

    private void develop(LoadedModel model, List<Cut> cuts) throws InterruptedException {
        float scalingFactor = (float) model.manifest().latent().scalingFactor();
        List<Pixels> decoded;
        try {
            List<float[]> latents = cuts.stream()
                    .map(cut -> cut.negative().latents(cut.frame(), scalingFactor))
                    .toList();
            decoded = model.latentDecoder()
                    .decode(latents, cuts.getFirst().sample().plan().shape().frame());
        } catch (DeviceFault | RuntimeException | Error e) {
            if (cuts.size() == 1) {
                spoil(cuts.getFirst().sample(), e);
                return;
            }
            for (Cut cut : cuts) {
                if (!cut.sample().generation().ended()) {
                    develop(model, List.of(cut));
                }
            }
            return;
        }
        for (int i = 0; i < cuts.size(); i++) {
            exposures.put(new Exposure.Frame(cuts.get(i).sample(), decoded.get(i)));
        }
    }

    private void spoil(Sample sample, Throwable cause) throws InterruptedException {
        sample.generation()
                .endFailed(
                        cause instanceof DeviceFault
                                ? new EngineException(
                                        ErrorCode.DENOISER_FAULT,
                                        Darkroom.nameOf(sample) + " could not be decoded: " + cause.getMessage() + ".",
                                        cause)
                                : new EngineException(
                                        ErrorCode.INTERNAL,
                                        Darkroom.nameOf(sample) + " could not be decoded: " + cause + ".",
                                        cause));
        exposures.put(new Exposure.Spoilt(sample));
    }

    /** A frame of a sample. */
    private record Cut(Negative negative, int frame) {
        Sample sample() {
            return negative.sample();
        }
    }
}
