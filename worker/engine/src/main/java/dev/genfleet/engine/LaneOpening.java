package dev.genfleet.engine;

import dev.genfleet.engine.device.DeviceFault;
import dev.genfleet.engine.device.RowConditioning;
import dev.genfleet.engine.shelf.LoadedModel;
import dev.genfleet.model.ModelManifest;
import java.time.Duration;
import java.util.List;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens lanes and measures their forwards once: the first lane of a model at length, others, for which there is a guess, in brief.
 * Owned by the engine's thread, but for {@link #tables}.
 */
final class LaneOpening {

    private static final Logger LOG = LoggerFactory.getLogger(LaneOpening.class);
    private static final Duration FIRST_BUDGET = Duration.ofMillis(1500);
    private static final Duration OTHER_BUDGET = Duration.ofMillis(200);

    private final int maxRows;
    private final ForwardObserver observer;
    private final LongSupplier nanoTime;
    private final RowTables tables;

    LaneOpening(int maxRows, ForwardObserver observer, LongSupplier nanoTime) {
        this.maxRows = maxRows;
        this.observer = observer;
        this.nanoTime = nanoTime;
        this.tables = new RowTables(maxRows);
    }

    /** Bytes of a lane's buffers. */
    long bytes(LaneKey key, ModelManifest model) {
        return Footprint.ofLane(key.shape(), model, maxRows);
    }

    /** A lane of that model, with its buffers; whatever the device throws for want of memory comes out. */
    Lane open(LaneKey key, LoadedModel model) {
        Lane.Instruments instruments = new Lane.Instruments(tables.of(key), observer, nanoTime);
        return new Lane(key.shape(), model.denoiser().prepare(key.shape(), maxRows), instruments);
    }

    /** Runs forwards that move nobody, unless the lane was measured before it was last closed. */
    void measure(LaneKey key, Lane lane, RowConditioning conditioning) {
        if (lane.costs().measured()) {
            return;
        }
        try {
            lane.warmUp(conditioning, lane.costs().known() ? OTHER_BUDGET : FIRST_BUDGET);
            LOG.info(
                    "forwards measured model={} latents={} milliseconds_by_rows={}",
                    key.digest(),
                    key.shape(),
                    lane.costs().milliseconds());
        } catch (DeviceFault e) {
            // A job's own first step will tell, or go well.
            LOG.warn("forwards could not be measured model={} latents={}", key.digest(), key.shape(), e);
        }
    }

    /** What forwards take, by rows; any thread. */
    List<RowTable> tables() {
        return tables.snapshot();
    }
}
