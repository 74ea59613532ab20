package dev.genfleet.engine;

import dev.genfleet.engine.device.DeviceFault;
import dev.genfleet.engine.shelf.LoadedModel;
import dev.genfleet.model.LatentShape;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The previews of one generation, where it asked for them: of its first output, of a video the middle frame, at most one each second and
 * one at the last step. They show the noiseless latents that the prediction means. Owned by the engine's thread; what it costs is
 * paid only when a preview is due.
 */
final class Previews {

    /** Least time between two, but for the last. */
    static final Duration INTERVAL = Duration.ofSeconds(1);

    private static final Logger LOG = LoggerFactory.getLogger(Previews.class);
    private static final Previews NONE = new Previews(Optional.empty(), InstantSource.system());

    private final Optional<PreviewForm> form;
    private final InstantSource clock;
    private Instant latest = Instant.MIN;

    private Previews(Optional<PreviewForm> form, InstantSource clock) {
        this.form = form;
        this.clock = clock;
    }

    /** Of a generation that wants none. */
    static Previews none() {
        return NONE;
    }

    /** Of a generation; none where it wants none or the model has none. */
    static Previews of(Generation generation, LoadedModel model, InstantSource clock) {
        Optional<PreviewForm> form = generation.previews() ? PreviewForm.of(model) : Optional.empty();
        return form.isPresent() ? new Previews(form, clock) : NONE;
    }

    /** Whether one is due when {@code sample} takes its next step. */
    boolean due(Sample sample) {
        if (form.isEmpty() || sample.index() != 0) {
            return false;
        }
        boolean last = sample.step() == sample.plan().steps() - 1;
        return last || latest.equals(Instant.MIN) || !clock.instant().isBefore(latest.plus(INTERVAL));
    }

    /**
     * The preview of a sample whose next step is about to be taken.
     *
     * @param prediction guided
     * @return empty when the device could not decode it, which ends no generation
     */
    Optional<Preview> take(Sample sample, float[] prediction) {
        latest = clock.instant();
        float[] denoised = new float[sample.latents().length];
        sample.plan().scheduler().denoised(sample.step(), sample.latents(), prediction, denoised);
        LatentShape shape = sample.plan().shape();
        try {
            return Optional.of(form.orElseThrow().of(sample.step() + 1, middleFrame(denoised, shape), shape.frame()));
        } catch (DeviceFault | RuntimeException e) {
            LOG.warn(
                    "no preview job_id={} step={}",
                    sample.generation().generation().id(),
                    sample.step(),
                    e);
            return Optional.empty();
        }
    }

    /** {@code [channels, height, width]} of the frame in the middle. */
    static float[] middleFrame(float[] latents, LatentShape shape) {
        if (shape.frames() == 1) {
            return latents;
        }
        int cells = shape.height() * shape.width();
        float[] frame = new float[shape.channels() * cells];
        for (int channel = 0; channel < shape.channels(); channel++) {
            int from = (channel * shape.frames() + shape.frames() / 2) * cells;
            System.arraycopy(latents, from, frame, channel * cells, cells);
        }
        return frame;
    }
}
