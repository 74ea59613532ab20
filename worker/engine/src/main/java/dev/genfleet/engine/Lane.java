package dev.genfleet.engine;

import dev.genfleet.engine.device.DeviceFault;
import dev.genfleet.engine.device.ForwardPass;
import dev.genfleet.engine.device.Motion;
import dev.genfleet.engine.device.RowConditioning;
import dev.genfleet.engine.guidance.Branch;
import dev.genfleet.engine.guidance.Guidance;
import dev.genfleet.engine.noise.NoiseStream;
import dev.genfleet.model.LatentShape;
import java.time.Duration;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.LongSupplier;

/**
 * One forward of one model over latents of one shape: packs the samples' rows side by side, runs the denoiser once, and moves
 * each sample by its own guidance and scheduler. Buffers are made once. Owned by the engine's thread.
 *
 * <p>Rows do not influence each other: a sample's next latents are the same bits whoever shares the forward.
 */
final class Lane implements AutoCloseable {

    private static final int RUNS_PER_ROW_COUNT = 3;
    private static final float SOME_TIMESTEP = 500;

    private final ForwardPass pass;
    private final Instruments instruments;
    private final int elements;
    private final int cells;
    private final float[][] predictions;
    private final float[] noise;
    private final float[] scaled;

    Lane(LatentShape shape, ForwardPass pass, Instruments instruments) {
        this.pass = pass;
        this.instruments = instruments;
        this.elements = shape.elements();
        this.cells = shape.cells();
        this.predictions = new float[Branch.values().length][pass.predictionElements()];
        this.noise = new float[elements];
        this.scaled = new float[elements];
    }

    /**
     * What watches a lane.
     *
     * @param costs told what every forward took
     * @param observer told every forward of samples
     * @param nanoTime counts nanoseconds from anywhere
     */
    record Instruments(RowCosts costs, ForwardObserver observer, LongSupplier nanoTime) {}

    /** What its forwards take, by rows. */
    RowCosts costs() {
        return instruments.costs();
    }

    /**
     * Moves every sample one step.
     *
     * @param moved told each sample and whether its latents are still finite
     * @return nanoseconds within the device
     * @throws DeviceFault when the forward could not run; then no sample has moved
     */
    long advance(List<Sample> samples, BiConsumer<Sample, Boolean> moved) throws DeviceFault {
        int rows = pack(samples);
        long took = run(rows);
        instruments.observer().forward(rows, samples.size(), Duration.ofNanos(took));
        int row = 0;
        for (int i = 0; i < samples.size(); i++) {
            Sample sample = samples.get(i);
            Guidance guidance = sample.guidance();
            int branches = guidance.branches().size();
            for (int branch = 0; branch < branches; branch++) {
                pass.prediction().get(row++ * pass.predictionElements(), predictions[branch]);
            }
            guidance.combine(predictions, cells);
            sample.generation().show(sample, predictions[0]);
            moved.accept(sample, sample.advance(predictions[0], noise));
        }
        return took;
    }

    /**
     * Runs forwards that move nobody, at 1, 2, 4 … rows, to warm the device up and to fill {@link #costs}. Stops before the runs
     * of the next row count would exceed {@code budget}; of an empty table the first forward runs in any case, and its cold time
     * stands where it takes longer than that.
     *
     * @param conditioning of every row
     * @throws DeviceFault when a forward could not run
     */
    void warmUp(RowConditioning conditioning, Duration budget) throws DeviceFault {
        RowCosts costs = costs();
        long left = budget.toNanos();
        new NoiseStream(0, elements).fill(0, noise);
        for (int rows = 1; rows <= costs.maxRows(); rows = costs.after(rows)) {
            int runs = RUNS_PER_ROW_COUNT;
            if (!costs.known()) {
                long cold = measure(rows, conditioning);
                left -= cold;
                runs--;
                if (runs * cold > left) {
                    costs.observe(rows, cold);
                    return;
                }
            }
            if (runs * costs.nanos(rows) > left) {
                return;
            }
            for (int run = 0; run < runs; run++) {
                left -= measure(rows, conditioning);
            }
        }
    }

    private long measure(int rows, RowConditioning conditioning) throws DeviceFault {
        for (int row = 0; row < rows; row++) {
            pass.latents().put(row * elements, noise, 0, elements);
            pass.timestep(row, SOME_TIMESTEP);
            pass.motion(row, Motion.SHARED);
            pass.condition(row, conditioning);
        }
        return run(rows);
    }

    /** Whatever a device throws is its fault, so that callers know: no sample has moved. */
    private long run(int rows) throws DeviceFault {
        long start = instruments.nanoTime().getAsLong();
        try {
            pass.run(rows);
        } catch (RuntimeException e) {
            throw new DeviceFault(e.toString(), e);
        }
        long took = instruments.nanoTime().getAsLong() - start;
        costs().observe(rows, took);
        return took;
    }

    private int pack(List<Sample> samples) {
        int row = 0;
        for (int i = 0; i < samples.size(); i++) {
            Sample sample = samples.get(i);
            float timestep = sample.plan().scheduler().timestep(sample.step());
            float[] input = sample.input(scaled);
            List<Branch> branches = sample.guidance().branches();
            for (int b = 0; b < branches.size(); b++) {
                Branch branch = branches.get(b);
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
