package dev.genfleet.importer.dit;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.genfleet.importer.BatchInvariance;
import dev.genfleet.importer.Golden;
import dev.genfleet.importer.OrtGraph;
import dev.genfleet.importer.SafetensorsWriter;
import dev.genfleet.importer.Tensor;
import dev.genfleet.importer.checkpoint.Checkpoint;
import dev.genfleet.importer.checkpoint.DataType;
import dev.genfleet.importer.checkpoint.Safetensors;
import dev.genfleet.importer.family.Emission;
import dev.genfleet.importer.onnx.Graph;
import dev.genfleet.importer.onnx.ModelFile;
import dev.genfleet.importer.precision.FormedGraph;
import dev.genfleet.importer.precision.Forms;
import dev.genfleet.importer.precision.GraphForm;
import dev.genfleet.importer.precision.Operators;
import dev.genfleet.importer.precision.Precision;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** A DiT in other precisions and operators, on the CPU provider. */
class DitFormsTest {

    private static final int MOST_ROWS = 8;

    @TempDir
    private Path folder;

    @Test
    void plainOperatorsEqualTheOfficialForward() throws Exception {
        Path model = write(golden(), Precision.FP32, Operators.PLAIN);
        assertThat(goldenError(model)).isLessThan(1e-5);
        ModelProto proto = ModelProto.parseFrom(Files.readAllBytes(model));
        assertThat(proto.getGraph().getNodeList())
                .extracting(NodeProto::getDomain)
                .containsOnly("");
        assertThat(proto.getOpsetImportList()).hasSize(1);
        assertThat(proto.getOpsetImport(0).getVersion()).isEqualTo(17);
    }

    /** A half float has 11 bits, so each of the many roundings on the way is of up to 5e-4 of a value. */
    @ParameterizedTest
    @EnumSource(Operators.class)
    void halfFloatsComeCloseToTheOfficialForward(Operators operators) throws Exception {
        Path model = write(golden(), Precision.FP16, operators);
        assertThat(relativeGoldenError(model)).isBetween(1e-5, 3e-3); // 1.6e-3 measured
        assertThat(ModelProto.parseFrom(Files.readAllBytes(model)).getGraph().getInitializerList())
                .filteredOn(tensor -> tensor.getDimsCount() > 1 && tensor.hasDataLocation())
                .isNotEmpty()
                .allMatch(tensor -> tensor.getDataType() == 10);
    }

    @Test
    void halfFloatsOfACheckpointAreReadWhereTheyLie() throws Exception {
        DitShape shape = RandomDit.shape(64, 2, 4, 2, 8);
        Graph graph = random(shape, DataType.F16);
        ModelFile file = new ModelFile(
                new GraphForm(Precision.FP16, Operators.FUSED).apply(graph).graph());
        assertThat(file.hasDerived()).isFalse();
        assertThat(file.weightFiles()).hasSize(1);
        Path half = write(graph, Precision.FP16, Operators.FUSED);
        Path full = write(graph, Precision.FP32, Operators.FUSED);
        assertThat(error(half, full, shape)).isBetween(1e-7, 3e-3);
    }

    @Test
    void weightsThatNoHalfFloatHoldsStayAndAreNamed() throws Exception {
        DitShape shape = RandomDit.shape(64, 2, 4, 2, 8);
        Map<String, Tensor> weights = RandomDit.weights(shape);
        weights.get("blocks.1.mlp.fc2.bias").values()[3] = 70_000;
        Graph graph = graph(shape, weights, DataType.F32);
        FormedGraph formed = new GraphForm(Precision.FP16, Operators.FUSED).apply(graph);
        assertThat(formed.warnings())
                .singleElement()
                .asString()
                .contains("blocks.1.mlp.fc2.bias")
                .contains("70000.0")
                .contains("65504");
        Path half = Forms.write(folder.resolve("large"), formed.graph());
        assertThat(error(half, write(graph, Precision.FP32, Operators.FUSED), shape))
                .isLessThan(3e-2);
    }

    @ParameterizedTest
    @CsvSource({"INT8, FUSED", "INT8, PLAIN", "INT8_WEIGHT_ONLY, FUSED", "INT8_WEIGHT_ONLY, PLAIN"})
    void integersComeCloseAndTakeLessRoom(Precision precision, Operators operators) throws Exception {
        DitShape shape = RandomDit.shape(192, 3, 6, 2, 8);
        for (DataType type : List.of(DataType.F32, DataType.F16, DataType.BF16)) {
            Graph graph = random(shape, type);
            ModelFile file = new ModelFile(
                    new GraphForm(precision, operators).apply(graph).graph());
            assertThat(file.weightFiles()).isEmpty();
            assertThat(file.weightBytes() * 2.5).isLessThan(graph.parameters() * 4.0);
            assertThat(file.parameters()).isEqualTo(graph.parameters());
            Path full = write(graph, Precision.FP32, Operators.FUSED);
            assertThat(error(write(graph, precision, operators), full, shape))
                    .as("%s", type)
                    .isBetween(1e-4, 2e-2);
        }
    }

    /** One spec, one picture, alone or among others, holds in integers too. */
    @ParameterizedTest
    @CsvSource({
        "INT8, FUSED, 2",
        "INT8, FUSED, 1",
        "INT8, PLAIN, 2",
        "INT8_WEIGHT_ONLY, FUSED, 2",
        "INT8_WEIGHT_ONLY, FUSED, 1",
        "INT8_WEIGHT_ONLY, PLAIN, 2",
        "FP32, PLAIN, 2"
    })
    void keepsEveryBitOfARow(Precision precision, Operators operators, int threads) throws Exception {
        for (DitShape shape : List.of(RandomDit.shape(384, 2, 6, 2, 16), RandomDit.shape(192, 2, 6, 2, 6))) {
            Map<String, Tensor> all = RandomDit.inputs(shape, MOST_ROWS);
            try (OrtGraph graph = new OrtGraph(write(random(shape, DataType.F32), precision, operators), threads)) {
                BatchInvariance.assertHolds(graph, all);
            }
        }
    }

    /** A small one, since the CPU provider multiplies half floats a thousand times slower than floats. */
    @ParameterizedTest
    @EnumSource(Operators.class)
    void halfFloatsKeepEveryBitOfARow(Operators operators) throws Exception {
        DitShape shape = RandomDit.shape(64, 1, 4, 2, 4);
        Map<String, Tensor> all = RandomDit.inputs(shape, MOST_ROWS);
        try (OrtGraph graph = new OrtGraph(write(random(shape, DataType.F32), Precision.FP16, operators), 2)) {
            BatchInvariance.assertHolds(graph, all);
        }
    }

    @Test
    void weightsThatAreNotFiniteStayFloats() throws Exception {
        DitShape shape = RandomDit.shape(192, 1, 6, 2, 8);
        Map<String, Tensor> weights = RandomDit.weights(shape);
        weights.get("blocks.0.mlp.fc1.weight").values()[5] = Float.NaN;
        FormedGraph formed = new GraphForm(Precision.INT8, Operators.FUSED).apply(graph(shape, weights, DataType.F32));
        assertThat(formed.warnings())
                .singleElement()
                .asString()
                .contains("blocks.0.mlp.fc1.weight")
                .contains("not finite");
    }

    @ParameterizedTest
    @EnumSource(Precision.class)
    void equalGraphsGiveEqualBytes(Precision precision) throws Exception {
        Graph graph = golden();
        GraphForm form = new GraphForm(precision, Operators.FUSED);
        assertThat(new ModelFile(form.apply(graph).graph()).toBytes())
                .isEqualTo(new ModelFile(form.apply(graph).graph()).toBytes());
    }

    /** A published size whose weights nobody has takes every form as well. */
    @ParameterizedTest
    @EnumSource(Precision.class)
    void takesBlueprints(Precision precision) throws Exception {
        Graph graph = Emission.blueprint(new DitArchitecture(RandomDit.shape(384, 12, 6, 2, 32)))
                .finish();
        assertThat(new ModelFile(new GraphForm(precision, Operators.PLAIN)
                                .apply(graph)
                                .graph())
                        .toBytes())
                .isNotEmpty();
    }

    private Graph golden() throws Exception {
        Checkpoint checkpoint = Safetensors.open(Golden.path("dit_tiny/model_facebook.safetensors"));
        DitArchitecture dit = new DitFamily()
                .read(
                        checkpoint,
                        new ObjectMapper()
                                .readTree(Golden.path("dit_tiny/config.json").toFile()));
        return Emission.graph(dit, checkpoint).finish();
    }

    private double goldenError(Path model) throws Exception {
        return predicted(model).distance(Golden.open("dit_tiny/io.safetensors").tensor("out"));
    }

    private double relativeGoldenError(Path model) throws Exception {
        return predicted(model)
                .relativeError(Golden.open("dit_tiny/io.safetensors").tensor("out"));
    }

    private Tensor predicted(Path model) throws Exception {
        Golden io = Golden.open("dit_tiny/io.safetensors");
        try (OrtGraph graph = new OrtGraph(model)) {
            return graph.run(
                    Map.of("latents", io.tensor("x"), "timesteps", io.tensor("t"), "class_labels", io.tensor("y")));
        }
    }

    private Graph random(DitShape shape, DataType type) throws Exception {
        return graph(shape, RandomDit.weights(shape), type);
    }

    private Graph graph(DitShape shape, Map<String, Tensor> weights, DataType type) throws Exception {
        Path checkpoint = Files.createTempDirectory(folder, "checkpoint").resolve("model.safetensors");
        SafetensorsWriter.write(checkpoint, weights, type);
        return Emission.graph(new DitArchitecture(shape), Safetensors.open(checkpoint))
                .finish();
    }

    private Path write(Graph graph, Precision precision, Operators operators) throws Exception {
        return Forms.write(Files.createTempDirectory(folder, "form"), graph, new GraphForm(precision, operators));
    }

    private static double error(Path model, Path reference, DitShape shape) throws Exception {
        Map<String, Tensor> inputs = RandomDit.inputs(shape, 3);
        try (OrtGraph graph = new OrtGraph(model);
                OrtGraph expected = new OrtGraph(reference)) {
            return graph.run(inputs).relativeError(expected.run(inputs));
        }
    }
}
