package dev.genfleet.bench;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.genfleet.importer.family.DenoiserTensors;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.nio.file.Path;
import java.util.Map;
import java.util.SplittableRandom;

/** A class-conditional denoiser in ONNX Runtime, for single forwards of one guided sample: two rows. */
final class OneStep implements AutoCloseable {

    private static final int CHANNELS = 4;
    private static final int ROWS = 2;

    private final OrtEnvironment environment = OrtEnvironment.getEnvironment();
    private final OrtSession session;
    private final double secondsToLoad;

    private OneStep(Path graph, int threads) throws OrtException {
        long begun = System.nanoTime();
        try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
            options.setIntraOpNumThreads(threads);
            options.addConfigEntry("session.intra_op.allow_spinning", "0"); // as the worker
            session = environment.createSession(graph.toString(), options);
        }
        secondsToLoad = (System.nanoTime() - begun) / 1e9;
    }

    static OneStep load(Path graph, int threads) throws OrtException {
        return new OneStep(graph, threads);
    }

    double secondsToLoad() {
        return secondsToLoad;
    }

    /**
     * Seconds of one forward.
     *
     * @param side latent cells
     * @throws IllegalStateException when the prediction holds numbers that are none, or nothing but zeros
     */
    double run(int side) throws OrtException {
        FloatBuffer latents = FloatBuffer.allocate(ROWS * CHANNELS * side * side);
        SplittableRandom random = new SplittableRandom(1);
        while (latents.hasRemaining()) {
            latents.put((float) random.nextGaussian());
        }
        try (OnnxTensor x =
                        OnnxTensor.createTensor(environment, latents.flip(), new long[] {ROWS, CHANNELS, side, side});
                OnnxTensor t = OnnxTensor.createTensor(
                        environment, FloatBuffer.wrap(new float[] {500, 500}), new long[] {ROWS});
                OnnxTensor y = OnnxTensor.createTensor(
                        environment, LongBuffer.wrap(new long[] {207, 1000}), new long[] {ROWS})) {
            long begun = System.nanoTime();
            try (OrtSession.Result result = session.run(Map.of(
                    DenoiserTensors.LATENTS, x, DenoiserTensors.TIMESTEPS, t, DenoiserTensors.CLASS_LABELS, y))) {
                double seconds = (System.nanoTime() - begun) / 1e9;
                check(((OnnxTensor) result.get(0)).getFloatBuffer());
                return seconds;
            }
        }
    }

    private static void check(FloatBuffer prediction) {
        double squares = 0;
        while (prediction.hasRemaining()) {
            float value = prediction.get();
            squares += (double) value * value;
        }
        if (!Double.isFinite(squares) || squares == 0) {
            throw new IllegalStateException(
                    "the sum of the prediction's squares is " + squares + ", but must be a finite number above 0");
        }
    }

    @Override
    public void close() throws OrtException {
        session.close();
    }
}
