package dev.genfleet.engine;

import dev.genfleet.engine.device.DeviceFault;
import dev.genfleet.engine.device.ForwardPass;
import dev.genfleet.engine.guidance.Branch;
import dev.genfleet.engine.guidance.Guidance;
import dev.genfleet.model.LatentShape;
import java.time.Duration;
import java.util.List;
import java.util.function.BiConsumer;

/**
 * One forward of one model over latents of one shape: packs the samples' rows side by side, runs the denoiser once, and moves
 * each sample by its own guidance and scheduler. Buffers are made once. Owned by the engine's thread.
 *
 * <p>Rows do not influence each other: a sample's next latents are the same bits whoever shares the forward.
 */
final class Lane implements AutoCloseable {

    private final ForwardPass pass;
    private final ForwardObserver observer;
    private final int elements;
    private final int cells;
    private final float[][] predictions;
    private final float[] noise;
    private final float[] scaled;

    Lane(LatentShape shape, ForwardPass pass, ForwardObserver observer) {
        this.pass = pass;
        this.observer = observer;
        this.elements = shape.elements();
        this.cells = shape.cells();
        this.predictions = new float[Branch.values().length][pass.predictionElements()];
        this.noise = new float[elements];
        this.scaled = new float[elements];
    }

    /**
     * Moves every sample one step.
     *
     * @param moved told each sample and whether its latents are still finite
     * @throws DeviceFault when the forward could not run; then no sample has moved
     */
    void advance(List<Sample> samples, BiConsumer<Sample, Boolean> moved) throws DeviceFault {
        int rows = pack(samples);
        long start = System.nanoTime();
        run(rows);
        observer.forward(rows, samples.size(), Duration.ofNanos(System.nanoTime() - start));
        int row = 0;
        for (Sample sample : samples) {
            Guidance guidance = sample.guidance();
            int branches = guidance.branches().size();
            for (int branch = 0; branch < branches; branch++) {
                pass.prediction().get(row++ * pass.predictionElements(), predictions[branch]);
            }
            guidance.combine(predictions, cells);
            sample.generation().show(sample, predictions[0]);
            moved.accept(sample, sample.advance(predictions[0], noise));
        }
    }

    /** Whatever a device throws is its fault, so that callers know: no sample has moved. */
    private void run(int rows) throws DeviceFault {
        try {
            pass.run(rows);
        } catch (RuntimeException e) {
            throw new DeviceFault(e.toString(), e);
        }
    }

    private int pack(List<Sample> samples) {
        int row = 0;
        for (Sample sample : samples) {
            SamplingPlan plan = sample.plan();
            float timestep = plan.scheduler().timestep(sample.step());
            float[] input = sample.input(scaled);
            for (Branch branch : sample.guidance().branches()) {
                pass.latents().put(row * elements, input, 0, elements);
                pass.timestep(row, timestep);
                pass.motion(row, branch.motion());
                pass.condition(row, sample.generation().conditioning(branch));
                row++;
            }
        }
        return row;
    }

    @Override
    public void close() {
        pass.close();
    }
}
