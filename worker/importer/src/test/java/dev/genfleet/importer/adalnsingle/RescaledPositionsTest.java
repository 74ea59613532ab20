package dev.genfleet.importer.adalnsingle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.genfleet.importer.Golden;
import dev.genfleet.importer.OrtGraph;
import dev.genfleet.importer.Tensor;
import dev.genfleet.importer.onnx.ElementType;
import dev.genfleet.importer.onnx.GraphBuilder;
import dev.genfleet.importer.onnx.Value;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RescaledPositionsTest {

    @TempDir
    private Path folder;

    @Test
    void equalThoseOfTheReference() throws Exception {
        Tensor golden = Golden.open("pixart_tiny/io.safetensors").tensor("pos_embed");
        Tensor positions = positions(new AdaLnSingleShape(48, 1, 3, 2, 4, 8, 192, 32, 8, 2), 4, 4);
        assertThat(new Tensor(positions.values(), golden.shape()).distance(golden))
                .isLessThan(1e-7);
    }

    /** Sizes: 512 and 1024 pixels as trained, wide and tall ones that divide nothing, 2048 and 4096 pixels, unscaled ones. */
    @ParameterizedTest
    @CsvSource({
        "64, 1, 32, 32",
        "128, 2, 64, 64",
        "128, 2, 37, 113",
        "256, 4, 128, 128",
        "256, 4, 256, 3",
        "128, 1, 128, 61",
        "32, 0.5, 16, 23"
    })
    void equalA64BitComputationForEveryGrid(int sampleSize, double scale, int rows, int columns) throws Exception {
        AdaLnSingleShape shape = AdaLnSingleShape.xl2(sampleSize, scale);
        Tensor positions = positions(shape, rows, columns);
        Tensor exact = new Tensor(new float[positions.values().length], positions.shape());
        int half = shape.width() / 2;
        for (int token = 0; token < rows * columns; token++) {
            waves(exact.values(), token * shape.width(), coordinate(token % columns, columns, shape), half);
            waves(
                    exact.values(),
                    token * shape.width() + half,
                    coordinate(Math.floorDiv(token, columns), rows, shape),
                    half);
        }
        assertThat(positions.distance(exact))
                .as("coordinates up to 64 have a 32-bit rounding of 2e-6")
                .isLessThan(4e-6);
    }

    private static double coordinate(int index, int count, AdaLnSingleShape shape) {
        return index / ((double) count / shape.grid()) / shape.interpolationScale();
    }

    private static void waves(float[] table, int at, double position, int size) {
        int half = size / 2;
        for (int i = 0; i < half; i++) {
            double angle = position / Math.pow(10_000, (double) i / half);
            table[at + i] = (float) Math.sin(angle);
            table[at + half + i] = (float) Math.cos(angle);
        }
    }

    private Tensor positions(AdaLnSingleShape shape, int rows, int columns) throws Exception {
        GraphBuilder graph = new GraphBuilder("positions");
        Value latents = graph.input("latents", ElementType.FLOAT, List.of("rows", "columns"));
        Value table = new RescaledPositions(shape, graph)
                .of(LatentGrid.length(graph, latents, 0), LatentGrid.length(graph, latents, 1));
        graph.output(table, "positions", List.of("tokens", shape.width()));
        Path model = Files.write(folder.resolve("positions.onnx"), graph.toBytes());
        try (OrtGraph runtime = new OrtGraph(model)) {
            return runtime.run(Map.of("latents", new Tensor(new float[rows * columns], rows, columns)));
        }
    }
}
