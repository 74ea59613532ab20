package dev.genfleet.importer.precision;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnx.proto.OnnxMl.ValueInfoProto;
import dev.genfleet.importer.OrtGraph;
import dev.genfleet.importer.Tensor;
import dev.genfleet.importer.onnx.AttentionForm;
import dev.genfleet.importer.onnx.Attribute;
import dev.genfleet.importer.onnx.ElementType;
import dev.genfleet.importer.onnx.Graph;
import dev.genfleet.importer.onnx.GraphBuilder;
import dev.genfleet.importer.onnx.Layers;
import dev.genfleet.importer.onnx.Value;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Attention with every kind of scale, mask and bias gives the same in all forms. */
class AttentionFormsTest {

    private static final int BATCH = 2;
    private static final int QUERIES = 5;
    private static final int KEYS = 7;
    private static final int HEADS = 3;
    private static final int WIDTH = 24;
    private static final float FAR = -1e9f;

    @TempDir
    private Path folder;

    /** Which attention. */
    enum Kind {
        USUAL,
        SCALED,
        MASKED,
        MASKED_BY_INFINITY,
        BIASED,
        MASKED_AND_BIASED
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void plainOperatorsEqualTheFusedOnes(Kind kind) throws Exception {
        assertThat(distance(attention(kind), inputs(2), Precision.FP32, Operators.PLAIN))
                .isLessThan(1e-5);
    }

    @ParameterizedTest
    @CsvSource({
        "USUAL, FUSED", "SCALED, FUSED", "MASKED, FUSED", "BIASED, FUSED", "MASKED_AND_BIASED, FUSED",
        "USUAL, PLAIN", "SCALED, PLAIN", "MASKED, PLAIN", "BIASED, PLAIN", "MASKED_AND_BIASED, PLAIN"
    })
    void halfFloatsHoldMasks(Kind kind, Operators operators) throws Exception {
        assertThat(distance(attention(kind), inputs(2), Precision.FP16, operators))
                .isLessThan(5e-3);
    }

    /** Where no key may be attended to, a mask of -1e9 still gives numbers. */
    @ParameterizedTest
    @EnumSource(Operators.class)
    void halfFloatsSurviveACaptionWithoutTokens(Operators operators) throws Exception {
        Graph graph = attention(Kind.MASKED);
        try (OrtGraph half = new OrtGraph(write(graph, Precision.FP16, operators))) {
            for (float number : half.run(only(graph, inputs(0))).values()) {
                assertThat(number).isFinite();
            }
        }
    }

    /** An additive mask as families write it by themselves: a bias of 0 and -1e9 made from a mask of 1 and 0. */
    @ParameterizedTest
    @EnumSource(Operators.class)
    void halfFloatsHoldMasksThatTheGraphComputes(Operators operators) throws Exception {
        assertThat(distance(computedMask(), inputs(2), Precision.FP16, operators))
                .isLessThan(5e-3);
    }

    @ParameterizedTest
    @CsvSource({"true, 3e-6", "false, 3e-6"})
    void geluAndReductionsAreWrittenOut(boolean tanh, double tolerance) throws Exception {
        GraphBuilder graph = new GraphBuilder("gelu");
        Layers layers = new Layers(graph);
        Value x = graph.input("query", ElementType.FLOAT, List.of("batch", "queries", WIDTH));
        List<Value> parts = layers.split(tanh ? layers.geluTanh(x) : layers.gelu(x), 1);
        Value mean = graph.node("ReduceMean", List.of(parts.getFirst(), graph.longs(2)), Attribute.of("keepdims", 1));
        graph.output(layers.add(mean, parts.getFirst()), "out", List.of("batch", "queries", WIDTH));
        Map<String, Tensor> inputs = Map.of("query", inputs(2).get("query").times(3));
        assertThat(distance(graph.finish(), inputs, Precision.FP32, Operators.PLAIN))
                .isLessThan(tolerance);
    }

    private double distance(Graph graph, Map<String, Tensor> inputs, Precision precision, Operators operators)
            throws Exception {
        Map<String, Tensor> given = only(graph, inputs);
        try (OrtGraph expected = new OrtGraph(write(graph, Precision.FP32, Operators.FUSED));
                OrtGraph actual = new OrtGraph(write(graph, precision, operators))) {
            return actual.run(given).distance(expected.run(given));
        }
    }

    private static Map<String, Tensor> only(Graph graph, Map<String, Tensor> inputs) {
        Map<String, Tensor> given = new HashMap<>(inputs);
        given.keySet()
                .retainAll(graph.inputs().stream().map(ValueInfoProto::getName).toList());
        return given;
    }

    private Path write(Graph graph, Precision precision, Operators operators) throws Exception {
        return Forms.write(Files.createTempDirectory(folder, "form"), graph, new GraphForm(precision, operators));
    }

    private static Graph attention(Kind kind) {
        GraphBuilder graph = new GraphBuilder("attention");
        AttentionForm form = AttentionForm.of(HEADS);
        if (kind == Kind.SCALED) {
            form = form.scaledBy(1);
        }
        if (kind == Kind.MASKED || kind == Kind.MASKED_AND_BIASED || kind == Kind.MASKED_BY_INFINITY) {
            Value mask = graph.input("mask", ElementType.INT64, List.of("batch", "keys"));
            form = form.hiding(
                    graph.cast(mask, ElementType.INT32),
                    kind == Kind.MASKED_BY_INFINITY ? Float.NEGATIVE_INFINITY : FAR);
        }
        if (kind == Kind.BIASED || kind == Kind.MASKED_AND_BIASED) {
            form = form.biasedBy(graph.input("bias", ElementType.FLOAT, List.of(1, HEADS, "queries", "keys")));
        }
        return attention(graph, form);
    }

    private static Graph computedMask() {
        GraphBuilder graph = new GraphBuilder("mask");
        Layers layers = new Layers(graph);
        Value mask = graph.cast(graph.input("mask", ElementType.INT64, List.of("batch", "keys")), ElementType.FLOAT);
        Value hidden = graph.node("Sub", List.of(graph.floats(new float[] {1}, 1), mask));
        Value added = layers.multiply(hidden, graph.floats(new float[] {FAR}, 1));
        Value bias = graph.node("Unsqueeze", List.of(added, graph.longs(1, 2)));
        Value rows = graph.node("Expand", List.of(bias, graph.longs(1, 1, QUERIES, 1)));
        return attention(graph, AttentionForm.of(HEADS).biasedBy(rows));
    }

    private static Graph attention(GraphBuilder graph, AttentionForm form) {
        Value query = graph.input("query", ElementType.FLOAT, List.of("batch", "queries", WIDTH));
        Value key = graph.input("key", ElementType.FLOAT, List.of("batch", "keys", WIDTH));
        Value value = graph.input("value", ElementType.FLOAT, List.of("batch", "keys", WIDTH));
        graph.output(new Layers(graph).attention(query, key, value, form), "out", List.of("batch", "queries", WIDTH));
        return graph.finish();
    }

    /** The first picture's caption has {@code tokens} tokens, the second's all. */
    private static Map<String, Tensor> inputs(int tokens) {
        SplittableRandom random = new SplittableRandom(8);
        float[] mask = new float[BATCH * KEYS];
        for (int i = 0; i < mask.length; i++) {
            mask[i] = i < tokens || i >= KEYS ? 1 : 0;
        }
        return Map.of(
                "query", normal(random, BATCH, QUERIES, WIDTH),
                "key", normal(random, BATCH, KEYS, WIDTH),
                "value", normal(random, BATCH, KEYS, WIDTH),
                "bias", normal(random, 1, HEADS, QUERIES, KEYS),
                "mask", new Tensor(mask, BATCH, KEYS));
    }

    private static Tensor normal(SplittableRandom random, long... shape) {
        int size = 1;
        for (long side : shape) {
            size *= (int) side;
        }
        float[] values = new float[size];
        for (int i = 0; i < size; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return new Tensor(values, shape);
    }
}
