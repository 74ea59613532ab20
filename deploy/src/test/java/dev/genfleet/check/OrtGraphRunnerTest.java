package dev.genfleet.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.genfleet.importer.autoencoder.AutoencoderShape;
import dev.genfleet.importer.autoencoder.DecoderArchitecture;
import dev.genfleet.importer.checkpoint.Checkpoint;
import dev.genfleet.importer.dit.DitFamily;
import dev.genfleet.importer.family.Architecture;
import dev.genfleet.importer.family.Emission;
import dev.genfleet.importer.onnx.ModelFile;
import dev.genfleet.importer.plain.GraphCheck;
import dev.genfleet.importer.plain.GraphDifference;
import dev.genfleet.importer.plain.PlainTensor;
import dev.genfleet.importer.precision.Precision;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The trained sample model in the runtime that ships with the command line. */
class OrtGraphRunnerTest {

    private static final Path SAMPLES = Path.of("samples");

    @TempDir
    private Path folder;

    private final GraphCheck check = new GraphCheck(new OrtGraphRunner());

    @Test
    void theSampleDenoiserPassesItsCheck() throws Exception {
        Checkpoint checkpoint = Checkpoint.open(SAMPLES.resolve("shapes-dit/model.safetensors"));
        Architecture dit = new DitFamily().read(checkpoint, config("shapes-dit"));
        assertThat(check.compare(dit, checkpoint, emit(dit, checkpoint)))
                .hasSize(1)
                .allMatch(difference -> difference.passes(Precision.FP32));
    }

    @Test
    void theSampleDecoderPassesItsCheck() throws Exception {
        Checkpoint checkpoint = Checkpoint.open(SAMPLES.resolve("shapes-vae/diffusion_pytorch_model.safetensors"));
        Architecture decoder = new DecoderArchitecture(AutoencoderShape.of(config("shapes-vae"), checkpoint));
        List<GraphDifference> differences = check.compare(decoder, checkpoint, emit(decoder, checkpoint));
        assertThat(differences).extracting(GraphDifference::output).containsExactly(DecoderArchitecture.PIXELS);
        assertThat(differences).allMatch(difference -> difference.passes(Precision.FP32));
    }

    @Test
    void aFileThatIsNoGraphIsToldInASentence() throws Exception {
        Path file = Files.writeString(folder.resolve("model.onnx"), "not a graph");
        assertThatThrownBy(() -> new OrtGraphRunner().run(file, Map.of()))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith(file + " cannot be run: ");
    }

    @Test
    void inputsOfAnotherGraphAreToldByName() throws Exception {
        Checkpoint checkpoint = Checkpoint.open(SAMPLES.resolve("shapes-dit/model.safetensors"));
        Architecture dit = new DitFamily().read(checkpoint, config("shapes-dit"));
        Path graph = emit(dit, checkpoint);
        assertThatThrownBy(() -> new OrtGraphRunner().run(graph, Map.of("pixels", new PlainTensor(new double[1], 1))))
                .isInstanceOf(IOException.class)
                .hasMessage(graph + " takes [class_labels, latents, timesteps], but is given [pixels]");
    }

    private static JsonNode config(String sample) throws IOException {
        return new JsonMapper()
                .readTree(SAMPLES.resolve(sample).resolve("config.json").toFile());
    }

    private Path emit(Architecture architecture, Checkpoint checkpoint) throws Exception {
        Path place = Files.createTempDirectory(folder, "graph");
        ModelFile model = new ModelFile(Emission.graph(architecture, checkpoint).finish());
        for (Map.Entry<Path, String> weights : model.weightFiles().entrySet()) {
            Files.copy(weights.getKey(), place.resolve(weights.getValue()));
        }
        return Files.write(place.resolve("model.onnx"), model.toBytes());
    }
}
