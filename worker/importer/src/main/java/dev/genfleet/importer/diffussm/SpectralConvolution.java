package dev.genfleet.importer.diffussm;

import dev.genfleet.importer.checkpoint.DataType;
import dev.genfleet.importer.onnx.Attribute;
import dev.genfleet.importer.onnx.DerivedTensor;
import dev.genfleet.importer.onnx.GraphBuilder;
import dev.genfleet.importer.onnx.Layers;
import dev.genfleet.importer.onnx.Value;
import java.util.List;
import java.util.function.Supplier;

/**
 * Long convolutions forwards and backwards in one pass over a spectrum, of matrix products, sums and products alone, since ONNX
 * Runtime's Fourier operators are slow on the CPU and missing elsewhere. Both directions share the transform of the input. Real
 * input needs half of a spectrum, see {@link StageMatrices}, and channels stay the last dimension throughout, so nothing is
 * padded or transposed. All in 32-bit floats: spectra grow with the length.
 *
 * <p>Against a full complex spectrum that carries one direction in its real part and the other in its imaginary one, this form
 * took half the processor time (26 ms against 52 at width 1152 and length 1024, 1 row, 1 thread, ONNX Runtime 1.30).
 */
final class SpectralConvolution {

    private final GraphBuilder graph;
    private final Layers layers;
    private final Stages stages;
    private final int width;
    private final Value analysisOuter;
    private final Value analysisInner;
    private final Value synthesisInner;
    private final Value synthesisOuter;

    /** Adds the matrices, which all layers share. */
    SpectralConvolution(GraphBuilder graph, Stages stages, int width) {
        this.graph = graph;
        this.layers = new Layers(graph);
        this.stages = stages;
        this.width = width;
        StageMatrices matrices = new StageMatrices(stages);
        long inner = stages.inner();
        long outer = stages.outer();
        analysisOuter = matrix("analysis_outer", matrices::analysisOuter, 2 * outer, outer);
        analysisInner = matrix("analysis_inner", matrices::analysisInner, outer, 2 * inner, 2 * inner);
        synthesisInner = matrix("synthesis_inner", matrices::synthesisInner, outer, 2 * inner, 2 * inner);
        synthesisOuter = matrix("synthesis_outer", matrices::synthesisOuter, outer, 2 * outer);
    }

    /** {@code length · width} numbers for each row, channels last, to {@code [batch, outer, 2 · inner · width]}: for each sample both directions. */
    Value apply(Value x, LayerSpectrum spectrum, String name) {
        return graph.fullPrecision(() -> synthesis(product(analysis(x), spectrum, name)));
    }

    /** To {@code [batch, outer, real and imaginary, inner, 1, width]}. */
    private Value analysis(Value x) {
        long inner = stages.inner();
        long outer = stages.outer();
        Value rows = multiplied(analysisOuter, layers.reshape(x, -1, outer, inner * width));
        Value spectrum = multiplied(analysisInner, layers.reshape(rows, -1, outer, 2 * inner, width));
        return layers.reshape(spectrum, -1, outer, 2, inner, 1, width);
    }

    /** Complex product with both directions' spectra: {@code [batch, outer, real and imaginary, inner, 2, width]}. */
    private Value product(Value signal, LayerSpectrum spectrum, String name) {
        Value real = graph.derived(spectrum.real(name + ".spectrum_real"));
        Value imaginary = graph.derived(spectrum.imaginary(name + ".spectrum_imaginary"));
        List<Value> parts =
                graph.nodes("", "Split", 2, List.of(signal), Attribute.of("axis", 2), Attribute.of("num_outputs", 2));
        Value productReal = graph.node(
                "Sub", List.of(layers.multiply(parts.get(0), real), layers.multiply(parts.get(1), imaginary)));
        Value productImaginary =
                layers.add(layers.multiply(parts.get(0), imaginary), layers.multiply(parts.get(1), real));
        return graph.node("Concat", List.of(productReal, productImaginary), Attribute.of("axis", 2));
    }

    private Value synthesis(Value product) {
        long inner = stages.inner();
        long outer = stages.outer();
        Value rows = multiplied(synthesisInner, layers.reshape(product, -1, outer, 2 * inner, 2L * width));
        return multiplied(synthesisOuter, layers.reshape(rows, -1, 2 * outer, 2 * inner * width));
    }

    private Value multiplied(Value matrix, Value x) {
        return graph.node("MatMul", List.of(matrix, x));
    }

    private Value matrix(String name, Supplier<float[]> numbers, Long... shape) {
        return graph.derived(
                new DerivedTensor("spectral." + name, DataType.F32, List.of(shape), target -> target.asFloatBuffer()
                        .put(numbers.get())));
    }
}
