package dev.genfleet.importer.dit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.genfleet.importer.architectures.PublishedFigures;
import dev.genfleet.importer.census.GraphCensus;
import dev.genfleet.importer.census.Macs;
import dev.genfleet.importer.family.Emission;
import dev.genfleet.importer.onnx.GraphBuilder;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Graphs of all published DiTs, emitted from their keys alone. The expected figures follow from the papers' dimensions: per
 * block 12 · T · D² for the linear layers of tokens, 2 · T² · D for attention, 6 · D² for the modulation.
 */
class DitCensusTest {

    @ParameterizedTest
    @CsvSource({
        "DiT-S/8, 384, 12, 6, 8, 32, 33.14, 0.36",
        "DiT-S/4, 384, 12, 6, 4, 32, 32.92, 1.41",
        "DiT-S/2, 384, 12, 6, 2, 32, 32.87, 6.06",
        "DiT-B/8, 768, 12, 12, 8, 32, 130.87, 1.42",
        "DiT-B/4, 768, 12, 12, 4, 32, 130.43, 5.57",
        "DiT-B/2, 768, 12, 12, 2, 32, 130.32, 23.01",
        "DiT-L/8, 1024, 24, 16, 8, 32, 458.58, 5.01",
        "DiT-L/4, 1024, 24, 16, 4, 32, 457.99, 19.70",
        "DiT-L/2, 1024, 24, 16, 2, 32, 457.84, 80.70",
        "DiT-XL/8, 1152, 28, 16, 8, 32, 675.66, 7.39",
        "DiT-XL/4, 1152, 28, 16, 4, 32, 675.00, 29.04",
        "DiT-XL/2, 1152, 28, 16, 2, 32, 674.83, 118.62",
        "DiT-XL/2 at 512, 1152, 28, 16, 2, 64, 674.83, 524.54",
    })
    void costsWhatItsPaperSays(
            String model, int width, int depth, int heads, int patch, int side, String millions, String giga)
            throws Exception {
        DitShape shape = RandomDit.shape(width, depth, heads, patch, side);
        GraphBuilder graph = Emission.blueprint(new DitArchitecture(shape));

        GraphCensus census = GraphCensus.of(graph.toBytes(), Map.of("batch", 1L));

        long parameters = census.weights().without("pos_embed"::equals).numbers();
        assertThat(String.format(Locale.ROOT, "%.2f", parameters / 1e6)).isEqualTo(millions);
        assertThat(census.parameters()).isEqualTo(parameters + (long) shape.tokens() * width);
        long tokens = shape.tokens();
        long squared = (long) width * width;
        long cells = (long) patch * patch;
        assertThat(census.macs())
                .isEqualTo(new Macs(
                        depth * (12 * tokens * squared + 6 * squared)
                                + tokens * 4 * cells * width
                                + 256L * width
                                + squared
                                + 2 * squared
                                + tokens * width * cells * 8,
                        2L * depth * tokens * tokens * width,
                        0,
                        0));
        assertThat(String.format(Locale.ROOT, "%.2f", census.macs().total() / 1e9))
                .isEqualTo(giga);
        double published = Double.parseDouble(
                PublishedFigures.of(model).orElseThrow().gigaMacs().orElseThrow());
        assertThat(census.macs().total() / 1e9)
                .as("the paper prints two digits and rounds some of them down")
                .isCloseTo(published, within(0.01 + 2e-4 * published));
    }
}
