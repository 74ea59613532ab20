package dev.genfleet.engine.onnx;

import dev.genfleet.engine.device.DeviceFault;
import dev.genfleet.engine.device.ForwardPass;
import dev.genfleet.engine.device.Motion;
import dev.genfleet.engine.device.RowConditioning;
import java.nio.FloatBuffer;

/**
 * Runs many rows through a graph that takes only some at a time: a fixed batch, whose last chunk is padded by repeating its last
 * row, or a single timestep for all rows of a batch, so that only rows of equal timesteps share a chunk. Graphs exported
 * elsewhere are often so.
 */
final class ChunkedForwardPass implements ForwardPass {

    private final ForwardPass chunk;
    private final BatchForm form;
    private final int chunkRows;
    private final int elements;
    private final FloatBuffer latents;
    private final FloatBuffer prediction;
    private final float[] timesteps;
    private final Motion[] motions;
    private final RowConditioning[] conditionings;
    private final float[] row;

    /**
     * Wraps a pass over chunks.
     *
     * @param chunk prepared for {@code chunkRows} rows
     * @param form what the graph takes at once
     * @param elements numbers in one row of latents
     * @param maxRows most rows of one forward
     */
    ChunkedForwardPass(ForwardPass chunk, BatchForm form, int chunkRows, int elements, int maxRows) {
        this.chunk = chunk;
        this.form = form;
        this.chunkRows = chunkRows;
        this.elements = elements;
        this.latents = FloatBuffer.allocate(Math.multiplyExact(maxRows, elements));
        this.prediction = FloatBuffer.allocate(Math.multiplyExact(maxRows, chunk.predictionElements()));
        this.timesteps = new float[maxRows];
        this.motions = new Motion[maxRows];
        this.conditionings = new RowConditioning[maxRows];
        this.row = new float[Math.max(elements, chunk.predictionElements())];
    }

    @Override
    public FloatBuffer latents() {
        return latents;
    }

    @Override
    public void timestep(int rowIndex, float timestep) {
        timesteps[rowIndex] = timestep;
    }

    @Override
    public void motion(int rowIndex, Motion motion) {
        motions[rowIndex] = motion;
    }

    @Override
    public void condition(int rowIndex, RowConditioning conditioning) {
        conditionings[rowIndex] = conditioning;
    }

    @Override
    public FloatBuffer prediction() {
        return prediction;
    }

    @Override
    public int predictionElements() {
        return chunk.predictionElements();
    }

    @Override
    public void run(int rows) throws DeviceFault {
        int start = 0;
        while (start < rows) {
            int count = chunkFrom(start, rows);
            int padded = form.fixedRows().isPresent() ? chunkRows : count;
            for (int i = 0; i < padded; i++) {
                fill(i, start + Math.min(i, count - 1));
            }
            chunk.run(padded);
            for (int i = 0; i < count; i++) {
                chunk.prediction().get(i * predictionElements(), row, 0, predictionElements());
                prediction.put((start + i) * predictionElements(), row, 0, predictionElements());
            }
            start += count;
        }
    }

    private int chunkFrom(int start, int rows) {
        int count = 1;
        while (start + count < rows
                && count < chunkRows
                && (!form.oneTimestep() || timesteps[start + count] == timesteps[start])) {
            count++;
        }
        return count;
    }

    private void fill(int chunkRow, int source) {
        latents.get(source * elements, row, 0, elements);
        chunk.latents().put(chunkRow * elements, row, 0, elements);
        chunk.timestep(chunkRow, timesteps[source]);
        chunk.motion(chunkRow, motions[source]);
        chunk.condition(chunkRow, conditionings[source]);
    }

    @Override
    public void close() {
        chunk.close();
    }
}
