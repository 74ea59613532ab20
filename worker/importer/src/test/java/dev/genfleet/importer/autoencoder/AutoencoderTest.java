package dev.genfleet.importer.autoencoder;

import static org.assertj.core.api.Assertions.assertThat;

import dev.genfleet.importer.OrtGraph;
import dev.genfleet.importer.RandomWeights;
import dev.genfleet.importer.SafetensorsWriter;
import dev.genfleet.importer.Tensor;
import dev.genfleet.importer.autoencoder.AutoencoderShape.Part;
import dev.genfleet.importer.checkpoint.Checkpoint;
import dev.genfleet.importer.checkpoint.DataType;
import dev.genfleet.importer.checkpoint.Safetensors;
import dev.genfleet.importer.family.Architecture;
import dev.genfleet.importer.family.Emission;
import dev.genfleet.importer.onnx.GraphBuilder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AutoencoderTest {

    private static final Set<Part> ALL = Set.of(Part.values());
    private static final AutoencoderShape SMALL = new AutoencoderShape(List.of(16, 32, 64, 96), 1, 8, 4, 0.5, ALL);
    private static final AutoencoderShape WIDE = new AutoencoderShape(List.of(128, 512), 1, 32, 4, 0.5, ALL);

    @TempDir
    private Path folder;

    /** A picture is the same to the last bit however many are decoded with it. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void keepsEveryBitOfAPicture(int threads) throws Exception {
        for (AutoencoderShape shape : List.of(SMALL, WIDE)) {
            keepsEveryRow(new DecoderArchitecture(shape), "latents", RandomWeights.normal(8, 4, 8, 8), threads);
        }
    }

    /** The same holds for what pictures are encoded to. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void keepsEveryBitOfALatent(int threads) throws Exception {
        for (AutoencoderShape shape : List.of(SMALL, WIDE)) {
            keepsEveryRow(new EncoderArchitecture(shape), "pixels", RandomWeights.normal(8, 3, 16, 16), threads);
        }
    }

    @Test
    void takesEveryHeightAndWidth() throws Exception {
        try (OrtGraph decoder = emit(new DecoderArchitecture(SMALL), 2);
                OrtGraph encoder = emit(new EncoderArchitecture(SMALL), 2)) {
            Tensor pixels = decoder.run(Map.of("latents", RandomWeights.normal(1, 4, 6, 10)));
            assertThat(pixels.shape()).containsExactly(1, 3, 48, 80);
            assertThat(encoder.run(Map.of("pixels", pixels)).shape()).containsExactly(1, 4, 6, 10);
        }
    }

    /** Published autoencoders lack one or the other. */
    @Test
    void leavesOutThePartsThatAnAutoencoderLacks() throws Exception {
        AutoencoderShape bare = new AutoencoderShape(List.of(16, 32), 1, 8, 16, 0.5, Set.of());
        assertThat(Emission.keys(new EncoderArchitecture(bare)))
                .noneMatch(tensor ->
                        tensor.name().contains("attentions") || tensor.name().contains("quant_conv"));
        try (OrtGraph decoder = emit(new DecoderArchitecture(bare), 2);
                OrtGraph encoder = emit(new EncoderArchitecture(bare), 2)) {
            Tensor pixels = decoder.run(Map.of("latents", RandomWeights.normal(1, 16, 4, 4)));
            assertThat(encoder.run(Map.of("pixels", pixels)).shape()).containsExactly(1, 16, 4, 4);
        }
    }

    @Test
    void keepsTheLogarithmOfTheVarianceWithinItsBounds() throws Exception {
        Map<String, Tensor> weights = RandomWeights.of(new EncoderArchitecture(SMALL));
        weights.put("quant_conv.bias", new Tensor(new float[] {90, 90, 90, 90, -90, 90, -90, 90}, 8));
        try (OrtGraph encoder = emit(new EncoderArchitecture(SMALL), weights, 2)) {
            Map<String, Tensor> moments = encoder.runAll(Map.of("pixels", RandomWeights.normal(1, 3, 8, 8)));
            assertThat(moments.get("logvar").values()).containsExactly(-30, 20, -30, 20);
            for (float mean : moments.get("mean").values()) {
                assertThat(mean).isGreaterThan(20);
            }
        }
    }

    /** Files from before diffusers renamed its attention, some with convolutions of one cell for matrices. */
    @Test
    void readsTheOlderNamesOfAttention() throws Exception {
        for (Architecture architecture : List.of(new DecoderArchitecture(SMALL), new EncoderArchitecture(SMALL))) {
            Map<String, Tensor> current = RandomWeights.of(architecture);
            Map<String, Tensor> input = architecture instanceof DecoderArchitecture
                    ? Map.of("latents", RandomWeights.normal(1, 4, 8, 8))
                    : Map.of("pixels", RandomWeights.normal(1, 3, 32, 32));
            try (OrtGraph expected = emit(architecture, current, 2);
                    OrtGraph graph = emit(architecture, older(current), 2)) {
                assertThat(graph.run(input).values())
                        .isEqualTo(expected.run(input).values());
            }
        }
    }

    private static Map<String, Tensor> older(Map<String, Tensor> weights) {
        Map<String, Tensor> older = new LinkedHashMap<>();
        weights.forEach((key, tensor) -> {
            String name = key.replace("to_q", "query")
                    .replace("to_k", "key")
                    .replace("to_v", "value")
                    .replace("to_out.0", "proj_attn");
            boolean matrix = !name.equals(key) && name.endsWith(".weight");
            older.put(name, matrix ? new Tensor(tensor.values(), 96, 96, 1, 1) : tensor);
        });
        return older;
    }

    private void keepsEveryRow(Architecture architecture, String input, Tensor all, int threads) throws Exception {
        try (OrtGraph graph = emit(architecture, threads)) {
            Map<String, Tensor> together = graph.runAll(Map.of(input, all));
            for (int rows : new int[] {1, 2, 3, 5}) {
                for (int from = 0; from + rows <= all.rows(); from += rows) {
                    Map<String, Tensor> part = graph.runAll(Map.of(input, all.rows(from, from + rows)));
                    for (Map.Entry<String, Tensor> output : part.entrySet()) {
                        assertThat(output.getValue().values())
                                .as("%s of rows %d to %d: %s", output.getKey(), from, from + rows - 1, architecture)
                                .isEqualTo(together.get(output.getKey())
                                        .rows(from, from + rows)
                                        .values());
                    }
                }
            }
        }
    }

    private OrtGraph emit(Architecture architecture, int threads) throws Exception {
        return emit(architecture, RandomWeights.of(architecture), threads);
    }

    private OrtGraph emit(Architecture architecture, Map<String, Tensor> weights, int threads) throws Exception {
        Path place = Files.createTempDirectory(folder, "autoencoder");
        Checkpoint checkpoint =
                Safetensors.open(SafetensorsWriter.write(place.resolve("model.safetensors"), weights, DataType.F32));
        GraphBuilder graph = Emission.graph(architecture, checkpoint);
        return new OrtGraph(Files.write(place.resolve("model.onnx"), graph.toBytes()), threads);
    }
}
