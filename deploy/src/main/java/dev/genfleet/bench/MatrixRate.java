package dev.genfleet.bench;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.genfleet.engine.device.Device;
import dev.genfleet.importer.onnx.ElementType;
import dev.genfleet.importer.onnx.GraphBuilder;
import dev.genfleet.importer.onnx.ModelFile;
import dev.genfleet.importer.onnx.Value;
import dev.genfleet.importer.precision.GraphForm;
import dev.genfleet.importer.precision.Operators;
import dev.genfleet.importer.precision.Precision;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** How fast the device multiplies matrices in ONNX Runtime: the ceiling of every denoiser. */
final class MatrixRate {

    private static final int PROCESSOR_SIDE = 1024;
    private static final int GPU_SIDE = 4096;
    private static final int PRODUCTS = 32;
    private static final int RUNS = 5;

    private MatrixRate() {}

    /**
     * The best of a few runs of a chain of square products, so that what crosses the bus weighs nothing.
     *
     * @param threads of the processor
     * @return multiply-accumulates in a second
     */
    static double measure(Device device, int threads, Precision precision) throws Exception {
        int side = device instanceof Device.Cuda ? GPU_SIDE : PROCESSOR_SIDE;
        OrtEnvironment environment = OrtEnvironment.getEnvironment();
        try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
            options.setIntraOpNumThreads(threads);
            options.addConfigEntry("session.intra_op.allow_spinning", "0"); // as the worker
            if (device instanceof Device.Cuda cuda) {
                options.addCUDA(cuda.ordinal());
            }
            try (OrtSession session = environment.createSession(chain(side, precision), options)) {
                return run(environment, session, side);
            }
        }
    }

    private static byte[] chain(int side, Precision precision) throws Exception {
        GraphBuilder graph = new GraphBuilder("matrix-rate");
        SplittableRandom random = new SplittableRandom(3);
        float[] numbers = new float[side * side];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = (float) (random.nextGaussian() / Math.sqrt(side));
        }
        Value matrix = graph.floats(numbers, side, side);
        Value x = graph.input("x", ElementType.FLOAT, List.of((long) side, (long) side));
        for (int i = 0; i < PRODUCTS; i++) {
            x = graph.node("MatMul", List.of(x, matrix));
        }
        graph.output(x, "y", List.of((long) side, (long) side));
        return new ModelFile(new GraphForm(precision, Operators.FUSED)
                        .apply(graph.finish())
                        .graph())
                .toBytes();
    }

    private static double run(OrtEnvironment environment, OrtSession session, int side) throws OrtException {
        FloatBuffer input = FloatBuffer.allocate(side * side);
        SplittableRandom random = new SplittableRandom(4);
        while (input.hasRemaining()) {
            input.put((float) random.nextGaussian());
        }
        double best = 0;
        try (OnnxTensor x = OnnxTensor.createTensor(environment, input.flip(), new long[] {side, side})) {
            for (int i = 0; i < RUNS; i++) {
                long begun = System.nanoTime();
                session.run(Map.of("x", x)).close();
                double seconds = (System.nanoTime() - begun) / 1e9;
                best = Math.max(best, (double) PRODUCTS * side * side * side / seconds);
            }
        }
        return best;
    }
}
