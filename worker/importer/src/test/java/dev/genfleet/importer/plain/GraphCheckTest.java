package dev.genfleet.importer.plain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.genfleet.importer.RandomWeights;
import dev.genfleet.importer.SafetensorsWriter;
import dev.genfleet.importer.Tensor;
import dev.genfleet.importer.checkpoint.Checkpoint;
import dev.genfleet.importer.checkpoint.CheckpointException;
import dev.genfleet.importer.checkpoint.DataType;
import dev.genfleet.importer.dit.DitArchitecture;
import dev.genfleet.importer.dit.DitArithmetic;
import dev.genfleet.importer.dit.DitLayout;
import dev.genfleet.importer.family.Architecture;
import dev.genfleet.importer.family.Emission;
import dev.genfleet.importer.onnx.GraphBuilder;
import dev.genfleet.importer.onnx.ModelFile;
import dev.genfleet.importer.onnx.Weights;
import dev.genfleet.importer.precision.GraphForm;
import dev.genfleet.importer.precision.Operators;
import dev.genfleet.importer.precision.Precision;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Graphs in a real runtime against plain readings, over checkpoints of random numbers. */
class GraphCheckTest {

    @TempDir
    private Path folder;

    private final GraphCheck check = new GraphCheck(new OrtRunner());

    static Set<String> architectures() {
        return SmallArchitectures.all().keySet();
    }

    @ParameterizedTest
    @MethodSource("architectures")
    void everyGraphPutsOutWhatThePlainReadingDoes(String name) throws Exception {
        Architecture architecture = SmallArchitectures.all().get(name);
        Checkpoint checkpoint = checkpoint(RandomWeights.of(architecture), DataType.F32);
        for (GraphDifference difference :
                check.compare(architecture, checkpoint, emit(architecture, checkpoint, GraphForm.AS_WRITTEN))) {
            assertThat(difference.deviation()).as(difference.describe()).isGreaterThan(1e-3);
            assertThat(difference.passes(Precision.FP32))
                    .as(difference.describe())
                    .isTrue();
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = DataType.class,
            names = {"F16", "BF16"})
    void weightsOfSixteenBitsAreReadAsTheyAreStored(DataType type) throws Exception {
        Architecture dit = SmallArchitectures.dit();
        Checkpoint checkpoint = checkpoint(RandomWeights.of(dit), type);
        assertThat(only(check.compare(dit, checkpoint, emit(dit, checkpoint, GraphForm.AS_WRITTEN)))
                        .passes(Precision.FP32))
                .isTrue();
    }

    @Test
    void twoLayersInEachOthersPlaceAreNoticed() throws Exception {
        Architecture dit = SmallArchitectures.dit();
        Map<String, Tensor> weights = RandomWeights.of(dit);
        Map<String, Tensor> exchanged = new LinkedHashMap<>(weights);
        exchanged.put("blocks.0.mlp.fc2.weight", weights.get("blocks.1.mlp.fc2.weight"));
        exchanged.put("blocks.1.mlp.fc2.weight", weights.get("blocks.0.mlp.fc2.weight"));
        Path graph = emit(dit, checkpoint(exchanged, DataType.F32), GraphForm.AS_WRITTEN);
        GraphDifference difference = only(check.compare(dit, checkpoint(weights, DataType.F32), graph));
        assertThat(difference.passes(Precision.FP32)).isFalse();
        assertThat(difference.relative()).isGreaterThan(0.01);
    }

    /** The forward pass of diffusers' own DiT, whose timestep embedding differs in one number. */
    @Test
    void anotherArithmeticIsNoticed() throws Exception {
        DitArchitecture dit = SmallArchitectures.dit().with(DitLayout.DIFFUSERS);
        Checkpoint checkpoint = checkpoint(RandomWeights.of(dit), DataType.F32);
        Path graph = emit(dit.with(DitArithmetic.DIFFUSERS), checkpoint, GraphForm.AS_WRITTEN);
        assertThat(only(check.compare(dit, checkpoint, graph)).passes(Precision.FP32))
                .isFalse();
    }

    @ParameterizedTest
    @EnumSource(
            value = Precision.class,
            names = {"FP32"},
            mode = EnumSource.Mode.EXCLUDE)
    void roundedWeightsAreToldButNeverFail(Precision precision) throws Exception {
        Architecture dit = SmallArchitectures.dit();
        Checkpoint checkpoint = checkpoint(RandomWeights.of(dit), DataType.F32);
        Path graph = emit(dit, checkpoint, new GraphForm(precision, Operators.FUSED));
        GraphDifference difference = only(check.compare(dit, checkpoint, graph));
        assertThat(difference.passes(Precision.FP32)).isFalse();
        assertThat(difference.passes(precision)).isTrue();
        assertThat(difference.tolerance(precision)).isEmpty();
        assertThat(difference.relative()).isBetween(1e-5, 5e-2);
        assertThat(difference.describe()).startsWith("prediction differs by ").contains("relative error");
    }

    /** The attention that is written out for other runtimes is another graph, and has to put out the same. */
    @ParameterizedTest
    @MethodSource("architectures")
    void everyGraphOfPlainOperatorsPutsOutWhatThePlainReadingDoes(String name) throws Exception {
        Architecture architecture = SmallArchitectures.all().get(name);
        Checkpoint checkpoint = checkpoint(RandomWeights.of(architecture), DataType.F32);
        Path graph = emit(architecture, checkpoint, new GraphForm(Precision.FP32, Operators.PLAIN));
        assertThat(check.compare(architecture, checkpoint, graph))
                .allMatch(difference -> difference.passes(Precision.FP32));
    }

    @Test
    void numbersThatAreNoneAreTold() throws Exception {
        Architecture dit = SmallArchitectures.dit();
        Map<String, Tensor> weights = RandomWeights.of(dit);
        weights.get("final_layer.linear.weight").values()[3] = Float.NaN;
        Checkpoint checkpoint = checkpoint(weights, DataType.F32);
        GraphDifference difference = only(check.compare(dit, checkpoint, emit(dit, checkpoint, GraphForm.AS_WRITTEN)));
        assertThat(difference.passes(Precision.INT8)).isFalse();
        assertThat(difference.describe()).contains("no finite numbers");
    }

    @Test
    void aGraphOfOtherOutputsIsRefused() throws Exception {
        DitArchitecture dit = SmallArchitectures.dit();
        Checkpoint checkpoint = checkpoint(RandomWeights.of(dit), DataType.F32);
        GraphCheck other = new GraphCheck((model, inputs) -> Map.of("noise", inputs.get("latents")));
        assertThatThrownBy(() -> other.compare(dit, checkpoint, folder))
                .isInstanceOf(CheckpointException.class)
                .hasMessageContaining("should put out prediction of shape [2, 8, 10, 10], but puts out [noise]");
    }

    @Test
    void anArchitectureWithoutAPlainReadingIsSaidSo() {
        Architecture unknown = new Architecture() {
            @Override
            public String family() {
                return "unknown";
            }

            @Override
            public String describe() {
                return "A network of tomorrow";
            }

            @Override
            public void write(Weights weights, GraphBuilder graph) {
                throw new UnsupportedOperationException("nobody writes it");
            }
        };
        assertThatThrownBy(() ->
                        check.compare(unknown, Checkpoint.listed(Path.of("tomorrow.safetensors"), Map.of()), folder))
                .isInstanceOf(CheckpointException.class)
                .hasMessage("A network of tomorrow of tomorrow.safetensors has no plain reading, so its graph cannot be"
                        + " checked");
    }

    private Checkpoint checkpoint(Map<String, Tensor> weights, DataType type) throws Exception {
        Path file = Files.createTempDirectory(folder, "weights").resolve("model.safetensors");
        return Checkpoint.open(SafetensorsWriter.write(file, weights, type));
    }

    /** Writes a graph, in a folder of its own with links to its weights. */
    private Path emit(Architecture architecture, Checkpoint checkpoint, GraphForm form) throws Exception {
        Path place = Files.createTempDirectory(folder, "graph");
        ModelFile model = new ModelFile(
                form.apply(Emission.graph(architecture, checkpoint).finish()).graph());
        for (Map.Entry<Path, String> weights : model.weightFiles().entrySet()) {
            Files.createLink(place.resolve(weights.getValue()), weights.getKey());
        }
        if (model.hasDerived()) {
            model.writeDerived(place.resolve(GraphBuilder.DERIVED_FILE));
        }
        return Files.write(place.resolve("model.onnx"), model.toBytes());
    }

    private static GraphDifference only(List<GraphDifference> differences) {
        assertThat(differences).hasSize(1);
        return differences.getFirst();
    }
}
