package dev.genfleet.importer.autoencoder;

import static org.assertj.core.api.Assertions.assertThat;

import dev.genfleet.importer.OrtGraph;
import dev.genfleet.importer.SafetensorsWriter;
import dev.genfleet.importer.Tensor;
import dev.genfleet.importer.checkpoint.Checkpoint;
import dev.genfleet.importer.checkpoint.DataType;
import dev.genfleet.importer.checkpoint.Safetensors;
import dev.genfleet.importer.family.Emission;
import dev.genfleet.importer.onnx.GraphBuilder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DecoderTest {

    private static final DecoderShape SMALL = new DecoderShape(List.of(96, 64, 32, 16), 2, 8, 4, 0.5);
    private static final DecoderShape WIDE = new DecoderShape(List.of(512, 128), 1, 32, 4, 0.5);

    @TempDir
    private Path folder;

    /** A picture is the same to the last bit however many are decoded with it. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void keepsEveryBitOfAPicture(int threads) throws Exception {
        for (DecoderShape shape : List.of(SMALL, WIDE)) {
            Tensor all = RandomDecoder.latents(8, 4, 8, 8);
            try (OrtGraph decoder = new OrtGraph(emit(shape, RandomDecoder.weights(shape)), threads)) {
                Tensor together = decoder.run(Map.of("latents", all));
                for (int rows : new int[] {1, 2, 3, 5}) {
                    for (int from = 0; from + rows <= 8; from += rows) {
                        assertThat(decoder.run(Map.of("latents", all.rows(from, from + rows)))
                                        .values())
                                .as("pictures %d to %d of %s", from, from + rows - 1, shape)
                                .isEqualTo(together.rows(from, from + rows).values());
                    }
                }
            }
        }
    }

    @Test
    void decodesEveryHeightAndWidth() throws Exception {
        try (OrtGraph decoder = new OrtGraph(emit(SMALL, RandomDecoder.weights(SMALL)))) {
            assertThat(decoder.run(Map.of("latents", RandomDecoder.latents(1, 4, 6, 10)))
                            .shape())
                    .containsExactly(1, 3, 48, 80);
        }
    }

    /** Files from before diffusers renamed its attention, some with convolutions of one cell for matrices. */
    @Test
    void readsTheOlderNamesOfAttention() throws Exception {
        Map<String, Tensor> older = new LinkedHashMap<>();
        RandomDecoder.weights(SMALL).forEach((key, tensor) -> {
            String name = key.replace("to_q", "query")
                    .replace("to_k", "key")
                    .replace("to_v", "value")
                    .replace("to_out.0", "proj_attn");
            boolean matrix = !name.equals(key) && name.endsWith(".weight");
            older.put(name, matrix ? new Tensor(tensor.values(), 96, 96, 1, 1) : tensor);
        });
        Map<String, Tensor> latents = Map.of("latents", RandomDecoder.latents(1, 4, 8, 8));
        try (OrtGraph expected = new OrtGraph(emit(SMALL, RandomDecoder.weights(SMALL)));
                OrtGraph decoder = new OrtGraph(emit(SMALL, older))) {
            assertThat(decoder.run(latents).values())
                    .isEqualTo(expected.run(latents).values());
        }
    }

    private Path emit(DecoderShape shape, Map<String, Tensor> weights) throws Exception {
        Path place = Files.createTempDirectory(folder, "decoder");
        Checkpoint checkpoint =
                Safetensors.open(SafetensorsWriter.write(place.resolve("model.safetensors"), weights, DataType.F32));
        GraphBuilder graph = Emission.graph(new DecoderArchitecture(shape), checkpoint);
        return Files.write(place.resolve("model.onnx"), graph.toBytes());
    }
}
