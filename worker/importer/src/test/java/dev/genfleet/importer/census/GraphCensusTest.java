package dev.genfleet.importer.census;

import static dev.genfleet.importer.census.OperatorZoo.number;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import dev.genfleet.importer.checkpoint.StoredTensor;
import dev.genfleet.importer.onnx.ElementType;
import dev.genfleet.importer.onnx.GraphBuilder;
import dev.genfleet.importer.onnx.Layers;
import dev.genfleet.importer.onnx.Value;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GraphCensusTest {

    @TempDir
    private Path folder;

    private final OperatorZoo zoo = new OperatorZoo(20);

    @Test
    void bytesReadUnderSeveralShapesAndInPartCountOnce() throws Exception {
        StoredTensor table = new StoredTensor(
                "table", dev.genfleet.importer.checkpoint.DataType.F16, List.of(6L, 4L), Path.of("w.bin"), 64);
        StoredTensor bias = new StoredTensor(
                "bias", dev.genfleet.importer.checkpoint.DataType.F32, List.of(2L), Path.of("w.bin"), 112);
        GraphBuilder graph = new GraphBuilder("g");
        Layers layers = new Layers(graph);
        Value x = graph.input("x", ElementType.FLOAT, List.of("rows", 4));
        Value y = layers.linear(x, table.part(2, 3), bias);
        layers.add(graph.weight(table), graph.weight(table.reshaped(1, 6, 4)));
        graph.weight(table.part(0, 3));
        graph.output(y, "y", List.of("rows", 2));

        GraphCensus census = GraphCensus.of(graph.toBytes(), Map.of("rows", 5L));

        assertThat(census.parameters()).isEqualTo(6 * 4 + 2);
        assertThat(census.weights().bytes()).isEqualTo(6 * 4 * 2 + 2 * 4);
        assertThat(census.weights().types()).containsExactly("float", "float16");
        assertThat(census.weights().without("bias"::equals).numbers()).isEqualTo(24);
        assertThat(census.macs()).isEqualTo(new Macs(5 * 4 * 2, 0, 0, 0));
        assertThat(census.outputs().getFirst().shape()).containsExactly(5L, 2L);
    }

    @Test
    void quantisedWeightsCountAsTheNumbersTheyStandForAndTheirScalesDoNot() throws Exception {
        String x = zoo.x(3, 32);
        zoo.add(
                "com.microsoft:MatMulNBits",
                List.of(x, zoo.ones(DataType.UINT8, 5, 2, 8), zoo.ones(10)),
                number("K", 32),
                number("N", 5),
                number("bits", 4),
                number("block_size", 16));
        List<String> rows = zoo.add("DynamicQuantizeLinear", 3, List.of(x));
        String sums = zoo.add("MatMulInteger", List.of(rows.get(0), zoo.ones(DataType.INT8, 32, 7), rows.get(2)));
        String floats = zoo.add("Cast", List.of(sums), number("to", DataType.FLOAT_VALUE));
        zoo.add("Mul", List.of(floats, zoo.add("Mul", List.of(rows.get(1), zoo.ones(7)))));
        zoo.add("com.microsoft:DynamicQuantizeMatMul", List.of(x, zoo.ones(DataType.INT8, 32, 9), zoo.ones(9)));
        String linear =
                zoo.add("DequantizeLinear", List.of(zoo.ones(DataType.INT8, 32, 11), zoo.ones(11)), number("axis", 1));
        zoo.add("MatMul", List.of(x, linear));

        GraphCensus census = GraphCensus.of(external(zoo.model()), Map.of());

        assertThat(census.parameters()).isEqualTo(32 * (5 + 7 + 9 + 11));
        assertThat(census.weights().bytes()).isEqualTo(5 * 2 * 8 + 32 * (7 + 9 + 11));
        assertThat(census.weights().types()).containsExactly("int4", "int8");
        assertThat(census.macs()).isEqualTo(new Macs(3 * 32 * (5 + 7 + 9 + 11), 0, 0, 0));
    }

    @Test
    void attentionCountsBothItsProductsAndTheProjectionInside() throws Exception {
        zoo.add(
                "com.microsoft:MultiHeadAttention",
                List.of(zoo.x(2, 3, 8), zoo.x(2, 5, 8), zoo.x(2, 5, 12)),
                number("num_heads", 4));
        zoo.add(
                "com.microsoft:Attention",
                List.of(zoo.x(2, 3, 8), zoo.ones(8, 24), zoo.ones(24)),
                number("num_heads", 2));

        assertThat(GraphCensus.of(zoo.model(), Map.of()).macs())
                .isEqualTo(new Macs(2 * 3 * 8 * 24, 2 * 3 * 5 * (8 + 12) + 2 * 3 * 3 * (8 + 8), 0, 0));
    }

    @Test
    void namesTheNodeAndTheOperatorThatItDoesNotKnow() {
        zoo.add("com.microsoft:Inverse", List.of(zoo.x(3, 3)));
        refused("node com.microsoft:Inverse#1 (com.microsoft:Inverse) is of an operator that is not known here");
    }

    @Test
    void namesTheNodeWhoseInputsDoNotFit() {
        zoo.add("MatMul", List.of(zoo.x(3, 4), zoo.x(5, 6)));
        refused("node MatMul#2 (MatMul) multiplies shapes [3, 4] and [5, 6]");
    }

    @Test
    void namesWhatANodeReadsInVain() {
        zoo.add("Exp", List.of("ghost"));
        refused("node Exp#0 (Exp) reads ghost, which nothing before it makes");
    }

    @Test
    void saysThatAShapeDependsOnTheData() {
        String x = zoo.x(4);
        String count = zoo.add("Cast", List.of(x), number("to", DataType.INT64_VALUE));
        zoo.add("Reshape", List.of(x, count));
        refused("(Reshape) needs the numbers of Cast#1, which do not follow from shapes and constants");
    }

    @Test
    void countsNoMoreThanALongHolds() {
        zoo.add("MatMul", List.of(zoo.x(1L << 40, 1L << 20), zoo.x(1L << 20, 1L << 20)));
        refused("(MatMul) counts more than 2^63");
    }

    @Test
    void makesNoMorePartsThanOutputs() {
        zoo.add("Split", 2, List.of(zoo.x(1L << 40)), number("num_outputs", 1L << 39));
        refused("(Split) splits into 549755813888 parts, but has 2 outputs");
    }

    @Test
    void survivesListsThatAreEmpty() {
        zoo.add("Range", List.of(zoo.longs(), zoo.longs(1), zoo.longs(1)));
        refused("(Range) has fewer dimensions or numbers than its operator needs");
    }

    @Test
    void namesAnInputThatIsLeftOut() {
        zoo.add("Conv", List.of(zoo.x(1, 3, 4, 4)));
        refused("(Conv) has no input 1");
    }

    @Test
    void namesTheOpenDimensionWithoutANumber() {
        GraphBuilder graph = new GraphBuilder("g");
        graph.output(graph.input("latents", ElementType.FLOAT, List.of("batch", "height")), "y", List.of("batch"));
        assertThatThrownBy(() -> GraphCensus.of(graph.toBytes(), Map.of("batch", 1L)))
                .isInstanceOf(CensusException.class)
                .hasMessage("input latents leaves dimension height open, but numbers are given for [batch] only");
    }

    @Test
    void namesTheFileThatIsNoGraph() throws IOException {
        Path file = Files.writeString(folder.resolve("model.onnx"), "no graph");
        assertThatThrownBy(() -> GraphCensus.of(file, Map.of()))
                .isInstanceOf(CensusException.class)
                .hasMessageContaining("model.onnx is not an ONNX model: ");
        Path empty = Files.createFile(folder.resolve("empty.onnx"));
        assertThatThrownBy(() -> GraphCensus.of(empty, Map.of()))
                .isInstanceOf(CensusException.class)
                .hasMessageEndingWith("empty.onnx: the graph has no nodes");
    }

    @Test
    void namesTheWeightWhoseLengthIsNotThatOfItsShape() throws Exception {
        zoo.add("Exp", List.of(zoo.ones(2, 3)));
        ModelProto.Builder model = ModelProto.parseFrom(external(zoo.model())).toBuilder();
        model.getGraphBuilder()
                .getInitializerBuilder(0)
                .addExternalData(
                        StringStringEntryProto.newBuilder().setKey("length").setValue("20"));
        assertThatThrownBy(() -> GraphCensus.of(model.build(), Map.of()))
                .isInstanceOf(CensusException.class)
                .hasMessage("initialiser c0 is malformed: it is 20 bytes long, but its type and shape need 24");
    }

    private void refused(String why) {
        assertThatThrownBy(() -> GraphCensus.of(zoo.model(), Map.of()))
                .isInstanceOf(CensusException.class)
                .hasMessageEndingWith(why);
    }

    /** The same graph with every constant in a file, one after the other. */
    private static byte[] external(ModelProto model) {
        ModelProto.Builder result = model.toBuilder();
        long offset = 0;
        for (TensorProto.Builder tensor : result.getGraphBuilder().getInitializerBuilderList()) {
            long bytes = Inferred.elements(tensor.getDimsList()) * ElementTypes.bits(tensor.getDataType()) / 8;
            tensor.clearRawData()
                    .clearFloatData()
                    .setDataLocation(TensorProto.DataLocation.EXTERNAL)
                    .addExternalData(StringStringEntryProto.newBuilder()
                            .setKey("location")
                            .setValue("w.bin"))
                    .addExternalData(
                            StringStringEntryProto.newBuilder().setKey("offset").setValue(Long.toString(offset)));
            offset += bytes;
        }
        return result.build().toByteArray();
    }
}
