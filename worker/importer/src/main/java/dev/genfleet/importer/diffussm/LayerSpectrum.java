package dev.genfleet.importer.diffussm;

import dev.genfleet.importer.checkpoint.DataType;
import dev.genfleet.importer.onnx.DerivedTensor;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The spectra of one layer's two kernels, skips included, as {@link SpectralConvolution} multiplies with them: {@code [outer, 1,
 * inner, 2, width]}, real and imaginary parts as a tensor each. Along the fourth dimension are the forward direction, and the
 * backward one as the conjugate of its kernel's spectrum, which turns the convolution round. Computed when it is written, on all
 * processors; belongs to one thread otherwise.
 */
final class LayerSpectrum {

    private static final int DIRECTIONS = 2;

    private final Stages stages;
    private final int width;
    private final S4dParameters forward;
    private final S4dParameters backward;

    /** What writing the real part leaves to be written as the imaginary one. */
    private Optional<FloatBuffer> imaginary = Optional.empty();

    LayerSpectrum(Stages stages, int width, S4dParameters forward, S4dParameters backward) {
        this.stages = stages;
        this.width = width;
        this.forward = forward;
        this.backward = backward;
    }

    DerivedTensor real(String name) {
        return tensor(name, target -> {
            FloatBuffer other = FloatBuffer.allocate(target.capacity() / Float.BYTES);
            compute(target.asFloatBuffer(), other);
            imaginary = Optional.of(other);
        });
    }

    DerivedTensor imaginary(String name) {
        return tensor(name, target -> {
            if (imaginary.isPresent()) {
                target.asFloatBuffer().put(imaginary.get());
                imaginary = Optional.empty();
            } else {
                compute(FloatBuffer.allocate(target.capacity() / Float.BYTES), target.asFloatBuffer());
            }
        });
    }

    private DerivedTensor tensor(String name, DerivedTensor.Content content) {
        return new DerivedTensor(
                name,
                DataType.F32,
                List.of((long) stages.outer(), 1L, (long) stages.inner(), (long) DIRECTIONS, (long) width),
                content);
    }

    private void compute(FloatBuffer re, FloatBuffer im) throws IOException {
        List<S4dKernels> kernels = List.of(S4dKernels.read(forward), S4dKernels.read(backward));
        Fourier fourier = new Fourier(stages.length());
        QuarterTurn turn = new QuarterTurn(stages.length());
        IntStream.range(0, Math.ceilDiv(width, ComplexLanes.LANES)).parallel().forEach(block -> {
            ComplexLanes one = new ComplexLanes(stages.length());
            ComplexLanes other = new ComplexLanes(stages.length());
            for (int direction = 0; direction < DIRECTIONS; direction++) {
                turnedKernels(kernels.get(direction), block * ComplexLanes.LANES, turn, one);
                ComplexLanes spectrum = fourier.transform(one, other);
                Part part = new Part(direction, block * ComplexLanes.LANES);
                put(spectrum.re(), part, 1, re);
                put(spectrum.im(), part, direction == 0 ? 1 : -1, im);
            }
        });
    }

    private void turnedKernels(S4dKernels kernels, int firstChannel, QuarterTurn turn, ComplexLanes into) {
        for (int lane = 0; lane < ComplexLanes.LANES; lane++) {
            int channel = Math.min(firstChannel + lane, width - 1);
            double[] kernel = kernels.kernel(channel, stages.length());
            kernel[0] += kernels.skip(channel);
            for (int l = 0; l < kernel.length; l++) {
                into.re()[l * ComplexLanes.LANES + lane] = kernel[l] * turn.re[l];
                into.im()[l * ComplexLanes.LANES + lane] = kernel[l] * turn.im[l];
            }
        }
    }

    private void put(double[] spectrum, Part part, int sign, FloatBuffer target) {
        int lanes = Math.min(ComplexLanes.LANES, width - part.channel);
        float[] run = new float[lanes];
        for (int kb = 0; kb < stages.outer(); kb++) {
            for (int ka = 0; ka < stages.inner(); ka++) {
                int from = (kb + stages.outer() * ka) * ComplexLanes.LANES;
                for (int lane = 0; lane < lanes; lane++) {
                    run[lane] = (float) (sign * spectrum[from + lane]);
                }
                int row = (kb * stages.inner() + ka) * DIRECTIONS + part.direction;
                target.put(row * width + part.channel, run, 0, lanes);
            }
        }
    }

    private record Part(int direction, int channel) {}

    /** exp(-2πi l / (4 · length)), which moves the transform's frequencies by a quarter. */
    private static final class QuarterTurn {

        private final double[] re;
        private final double[] im;

        QuarterTurn(int length) {
            re = new double[length];
            im = new double[length];
            for (int l = 0; l < length; l++) {
                double angle = Math.PI * l / (2.0 * length);
                re[l] = Math.cos(angle);
                im[l] = -Math.sin(angle);
            }
        }
    }
}
