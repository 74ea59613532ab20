package dev.genfleet.importer.census;

import static dev.genfleet.importer.census.OperatorZoo.list;
import static dev.genfleet.importer.census.OperatorZoo.number;
import static dev.genfleet.importer.census.OperatorZoo.tensor;
import static dev.genfleet.importer.census.OperatorZoo.text;
import static org.assertj.core.api.Assertions.assertThat;

import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every operator that is known gives the types and shapes, and where followed the numbers, that ONNX Runtime gives. */
class OperatorRulesTest {

    private static final String NONE = "";

    @TempDir
    private Path folder;

    private final OperatorZoo zoo = new OperatorZoo(20);
    private final OperatorZoo newer = new OperatorZoo(23);

    @Test
    void everyRuleIsWhatTheRuntimeDoes() throws Exception {
        elementwise();
        shapeArithmetic();
        layout();
        reductionsAndNorms();
        productsAndConvolutions();
        attention();
        quantisation();
        newerOperators();
        Set<Operator> checked = new HashSet<>();
        for (OperatorZoo each : List.of(zoo, newer)) {
            InferredAgainstRuntime.check(each.model(), folder, Map.of());
            each.model().getGraph().getNodeList().forEach(node -> checked.add(Operator.of(node)));
        }
        assertThat(checked).isEqualTo(Rules.SHAPES.keySet());
    }

    private void elementwise() {
        String x = zoo.x(2, 3, 4);
        for (String operator : List.of(
                "Exp",
                "Log",
                "Tanh",
                "Erf",
                "Sigmoid",
                "Cos",
                "Sin",
                "Relu",
                "Softmax",
                "LogSoftmax",
                "Gelu",
                "Clip",
                "Reciprocal",
                "Softplus",
                "HardSigmoid",
                "LeakyRelu",
                "Elu",
                "Identity",
                "Sqrt",
                "Neg",
                "Abs",
                "Floor",
                "Ceil",
                "Round",
                "Sign",
                "Trilu",
                "com.microsoft:FastGelu",
                "com.microsoft:Gelu",
                "com.microsoft:QuickGelu")) {
            zoo.add(operator, List.of(x));
        }
        zoo.add("com.microsoft:BiasGelu", List.of(x, zoo.ones(4)));
        zoo.add("CumSum", List.of(x, zoo.scalar(1)));
        zoo.add("ScatterND", List.of(x, zoo.ones(DataType.INT64, 1, 1), zoo.ones(1, 3, 4)));
        String y = zoo.x(3, 1);
        for (String operator : List.of(
                "Add",
                "Sub",
                "Mul",
                "Div",
                "Pow",
                "Min",
                "Max",
                "Equal",
                "Less",
                "LessOrEqual",
                "Greater",
                "GreaterOrEqual")) {
            zoo.add(operator, List.of(x, y));
            zoo.add(operator, List.of(zoo.longs(7, -7, 3), zoo.longs(2)));
        }
        zoo.add("Mod", List.of(x, zoo.ones(1)), number("fmod", 1));
        zoo.add("Mod", List.of(zoo.longs(7, -7, 3), zoo.longs(2)));
        zoo.add("Mod", List.of(zoo.longs(7, -7, 3), zoo.longs(2)), number("fmod", 1));
        String less = zoo.add("Less", List.of(zoo.longs(1, 5), zoo.longs(3)));
        String not = zoo.add("Not", List.of(less));
        zoo.add("And", List.of(less, not));
        zoo.add("Or", List.of(less, not));
        zoo.add("Where", List.of(not, zoo.longs(10, 20), zoo.longs(30)));
        zoo.add("Where", List.of(zoo.add("Less", List.of(x, y)), x, y));
    }

    private void shapeArithmetic() {
        String shape = zoo.add("Shape", List.of(zoo.x(2, 3, 5, 7)));
        zoo.add("Shape", List.of(zoo.x(2, 3, 5, 7)), number("start", -3), number("end", -1));
        zoo.add("Size", List.of(zoo.x(2, 3)));
        String side = zoo.add("Gather", List.of(shape, zoo.scalar(2)));
        String sides = zoo.add("Gather", List.of(shape, zoo.longs(-1, 0)));
        zoo.add("Gather", List.of(zoo.x(5, 4), zoo.longs(1, 2, 3)), number("axis", 1));
        String halved = zoo.add("Div", List.of(sides, zoo.longs(2)));
        zoo.add("Sqrt", List.of(zoo.add("Cast", List.of(halved), number("to", DataType.FLOAT_VALUE))));
        zoo.add("Cast", List.of(zoo.add("Less", List.of(sides, halved))), number("to", DataType.INT64_VALUE));
        zoo.add("Cast", List.of(halved), number("to", DataType.BOOL_VALUE));
        String unsqueezed = zoo.add("Unsqueeze", List.of(side, zoo.longs(0)));
        zoo.add("Squeeze", List.of(unsqueezed, zoo.longs(0)));
        zoo.add("Squeeze", List.of(unsqueezed));
        zoo.add("Concat", List.of(unsqueezed, halved, zoo.longs(-1)), number("axis", 0));
        zoo.add("Slice", List.of(shape, zoo.longs(1), zoo.longs(Long.MAX_VALUE)));
        zoo.add("Slice", List.of(shape, zoo.longs(-1), zoo.longs(Long.MIN_VALUE), zoo.longs(0), zoo.longs(-2)));
        zoo.add("Constant", List.of(), tensor("value", OperatorZoo.tensor(DataType.FLOAT, List.of(1.5, 2.0), 2)));
        zoo.add("Constant", List.of(), number("value_int", 3));
        zoo.add("Constant", List.of(), list("value_ints", 3, 4));
        zoo.add(
                "ConstantOfShape",
                List.of(halved),
                tensor("value", OperatorZoo.tensor(DataType.INT64, List.of(6.0), 1)));
        zoo.add("ConstantOfShape", List.of(sides));
        zoo.add("Range", List.of(zoo.scalar(1), side, zoo.scalar(3)));
        zoo.add("Range", List.of(side, zoo.scalar(-2), zoo.scalar(-1)));
        zoo.add("Expand", List.of(zoo.longs(4), zoo.longs(2, 3)));
        zoo.add("Tile", List.of(zoo.longs(4, 5), zoo.longs(3)));
        zoo.add("ReduceProd", List.of(shape));
        zoo.add("ReduceMax", List.of(sides), number("keepdims", 0));
        zoo.add("ReduceMin", List.of(sides, zoo.longs(0)));
        zoo.add("ReduceSum", List.of(sides, zoo.longs(0)), number("keepdims", 0));
        zoo.add("Split", 2, List.of(shape, zoo.longs(1, 3)));
        zoo.add("Transpose", List.of(zoo.add("Reshape", List.of(shape, zoo.longs(2, -1)))));
    }

    private void layout() {
        String x = zoo.x(2, 3, 5, 7);
        zoo.add("Transpose", List.of(x), list("perm", 0, 2, 1, 3));
        zoo.add("Reshape", List.of(x, zoo.longs(0, -1, 7)));
        zoo.add("Reshape", List.of(zoo.x(0, 3), zoo.longs(3, 0)), number("allowzero", 1));
        zoo.add("Flatten", List.of(x), number("axis", -1));
        zoo.add("Unsqueeze", List.of(x, zoo.longs(-1, 0)));
        zoo.add("Concat", List.of(x, zoo.x(2, 3, 4, 7)), number("axis", -2));
        zoo.add("Split", 3, List.of(x), number("axis", 3), number("num_outputs", 3));
        zoo.add("Split", 2, List.of(x, zoo.longs(1, 4)), number("axis", 2));
        zoo.add("Slice", List.of(x, zoo.longs(1, -3), zoo.longs(99, -1), zoo.longs(2, 3), zoo.longs(2, 1)));
        zoo.add("Slice", List.of(x, zoo.longs(4), zoo.longs(0), zoo.longs(2), zoo.longs(-3)));
        zoo.add("GatherElements", List.of(zoo.x(3, 4), zoo.ones(DataType.INT64, 3, 2)), number("axis", 1));
        zoo.add("GatherND", List.of(x, zoo.ones(DataType.INT64, 2, 4, 2)), number("batch_dims", 1));
        zoo.add("Expand", List.of(zoo.x(3, 1), zoo.longs(2, 1, 4)));
        zoo.add("Tile", List.of(x, zoo.longs(1, 2, 1, 3)));
        zoo.add("Pad", List.of(x, zoo.longs(0, 0, 1, 0, 0, 1, 2, -3)));
        zoo.add("Pad", List.of(x, zoo.longs(1, 2), NONE, zoo.longs(-1)), text("mode", "reflect"));
    }

    private void reductionsAndNorms() {
        String x = zoo.x(2, 6, 4, 4);
        for (String operator : List.of(
                "ReduceMean", "ReduceL1", "ReduceL2", "ReduceSumSquare", "ReduceLogSumExp", "ReduceSum", "ReduceMax")) {
            zoo.add(operator, List.of(x, zoo.longs(-1, 1)));
            zoo.add(operator, List.of(x, zoo.longs(2)), number("keepdims", 0));
            zoo.add(operator, List.of(x));
        }
        zoo.add("ReduceSum", List.of(x), number("noop_with_empty_axes", 1));
        zoo.add("ArgMax", List.of(x), number("axis", -1), number("keepdims", 0));
        zoo.add("ArgMin", List.of(x), number("axis", 1));
        zoo.add("InstanceNormalization", List.of(x, zoo.ones(6), zoo.ones(6)));
        zoo.add("LpNormalization", List.of(x));
        zoo.add("LayerNormalization", 3, List.of(x, zoo.ones(4, 4)), number("axis", 2));
        zoo.add("SimplifiedLayerNormalization", 2, List.of(x, zoo.ones(4)), number("axis", -1));
        String rows = zoo.x(2, 3, 8);
        zoo.add("com.microsoft:SkipLayerNormalization", 4, List.of(rows, rows, zoo.ones(8), zoo.ones(8)));
        zoo.unused(1, 2); // ONNX Runtime does not fill them
        zoo.add("com.microsoft:SkipSimplifiedLayerNormalization", List.of(rows, rows, zoo.ones(8)));
    }

    private void productsAndConvolutions() {
        String x = zoo.x(4, 6);
        zoo.add("Gemm", List.of(x, zoo.x(5, 6)), number("transB", 1));
        zoo.add("Gemm", List.of(x, zoo.x(5, 4)), number("transA", 1), number("transB", 1));
        zoo.add("MatMul", List.of(zoo.x(2, 1, 3, 4), zoo.x(5, 4, 6)));
        zoo.add("MatMul", List.of(zoo.x(4), zoo.x(2, 4, 6)));
        zoo.add("MatMul", List.of(zoo.x(2, 3, 4), zoo.x(4)));
        zoo.add("com.microsoft:FusedMatMul", List.of(zoo.x(2, 4, 3), zoo.x(2, 4, 5)), number("transA", 1));
        String picture = zoo.x(1, 4, 9, 8);
        zoo.add(
                "Conv",
                List.of(picture, zoo.x(6, 2, 3, 2)),
                number("group", 2),
                list("strides", 2, 1),
                list("dilations", 2, 3),
                list("pads", 1, 0, 2, 3));
        zoo.add("Conv", List.of(zoo.x(1, 4, 9), zoo.x(6, 4, 3)), list("pads", 1, 1));
        zoo.add(
                "ConvTranspose",
                List.of(picture, zoo.x(4, 3, 3, 3)),
                number("group", 2),
                list("strides", 2, 3),
                list("pads", 1, 0, 1, 2),
                list("output_padding", 1, 0));
        String scales = zoo.constant(DataType.FLOAT, List.of(1.0, 1.0, 1.7, 0.6), 4);
        zoo.add("Resize", List.of(picture, NONE, scales));
        zoo.add("Resize", List.of(picture, NONE, NONE, zoo.longs(1, 4, 5, 20)));
        zoo.add("Resize", List.of(picture, NONE, NONE, zoo.longs(5, 20)), list("axes", 2, 3));
    }

    private void attention() {
        String query = zoo.x(2, 3, 8);
        String key = zoo.x(2, 5, 8);
        zoo.add("com.microsoft:MultiHeadAttention", 1, List.of(query, key, zoo.x(2, 5, 12)), number("num_heads", 4));
        zoo.add(
                "com.microsoft:MultiHeadAttention",
                1,
                List.of(query, zoo.x(2, 4, 5, 2), zoo.x(2, 4, 5, 2)),
                number("num_heads", 4));
        zoo.add("com.microsoft:MultiHeadAttention", 3, List.of(query, key, key), number("num_heads", 4));
        zoo.add("com.microsoft:Attention", 1, List.of(query, zoo.x(8, 24), zoo.ones(24)), number("num_heads", 2));
    }

    private void quantisation() {
        String x = zoo.x(2, 3, 8);
        String scale = zoo.ones();
        String zero = zoo.ones(DataType.UINT8);
        String quantised = zoo.add("QuantizeLinear", List.of(x, scale, zero));
        zoo.add("QuantizeLinear", List.of(x, scale));
        zoo.add("DequantizeLinear", List.of(quantised, scale, zero));
        List<String> dynamic = zoo.add("DynamicQuantizeLinear", 3, List.of(x));
        String weight = zoo.ones(DataType.INT8, 8, 5);
        zoo.add("MatMulInteger", List.of(dynamic.get(0), weight, dynamic.get(2)));
        zoo.add("com.microsoft:DynamicQuantizeMatMul", List.of(x, weight, scale));
        zoo.add("com.microsoft:MatMulIntegerToFloat", List.of(dynamic.get(0), weight, dynamic.get(1), scale));
        zoo.add(
                "QLinearMatMul",
                List.of(quantised, scale, zero, zoo.ones(DataType.UINT8, 8, 5), scale, zero, scale, zero));
        zoo.add(
                "com.microsoft:MatMulNBits",
                List.of(zoo.x(2, 3, 32), zoo.ones(DataType.UINT8, 5, 2, 8), zoo.ones(10)),
                number("K", 32),
                number("N", 5),
                number("bits", 4),
                number("block_size", 16));
        String picture = zoo.add("QuantizeLinear", List.of(zoo.x(1, 3, 6, 6), scale, zero));
        String kernel = zoo.ones(DataType.UINT8, 4, 3, 3, 3);
        zoo.add("ConvInteger", List.of(picture, kernel), list("pads", 1, 1, 1, 1));
        zoo.add("QLinearConv", List.of(picture, scale, zero, kernel, scale, zero, scale, zero), list("strides", 2, 2));
    }

    private void newerOperators() {
        newer.add("RMSNormalization", List.of(newer.x(2, 3, 8), newer.ones(8)));
        newer.add(
                "GroupNormalization",
                List.of(newer.x(2, 6, 4, 4), newer.ones(6), newer.ones(6)),
                number("num_groups", 3));
        newer.add("Attention", List.of(newer.x(2, 4, 3, 8), newer.x(2, 2, 5, 8), newer.x(2, 2, 5, 6)));
        newer.add(
                "Attention",
                List.of(newer.x(2, 3, 8), newer.x(2, 5, 8), newer.x(2, 5, 12)),
                number("q_num_heads", 2),
                number("kv_num_heads", 2));
    }
}
