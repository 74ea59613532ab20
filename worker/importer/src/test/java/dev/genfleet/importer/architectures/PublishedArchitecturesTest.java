package dev.genfleet.importer.architectures;

import static org.assertj.core.api.Assertions.assertThat;

import dev.genfleet.importer.KeyLists;
import dev.genfleet.importer.census.WeightRegion;
import dev.genfleet.importer.diffussm.DiffussmArchitecture;
import dev.genfleet.importer.dit.DitArchitecture;
import dev.genfleet.importer.dit.DitShape;
import dev.genfleet.importer.onnx.GraphBuilder;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The table as it is printed, and what its notes claim. */
class PublishedArchitecturesTest {

    private static final List<PublishedArchitecture> ALL = PublishedArchitectures.all();
    private static final String TABLE = ArchitectureTable.ofPublished();

    @Test
    void printTheTableThatIsKeptHere() throws Exception {
        String kept = Files.readString(Path.of(PublishedArchitecturesTest.class
                .getResource("/architectures/table.txt")
                .toURI()));
        assertThat(TABLE).isEqualToNormalizingNewlines(kept.stripTrailing());
    }

    @Test
    void fitATerminalOf120Columns() {
        assertThat(TABLE.lines()).allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(120));
    }

    @Test
    void haveEveryPublishedFigureInARow() {
        assertThat(ALL)
                .extracting(PublishedArchitecture::model)
                .doesNotHaveDuplicates()
                .containsAll(PublishedFigures.all().stream()
                        .map(PublishedFigure::model)
                        .toList());
    }

    /** Parameters are counted while the graph is built; this counts the bytes that the finished graph refers to. */
    @ParameterizedTest
    @MethodSource("all")
    void countWhatTheGraphReadsFromTheCheckpoint(PublishedArchitecture published) {
        long read = published.weights().regions().stream()
                .filter(region -> !region.location().equals(GraphBuilder.DERIVED_FILE))
                .filter(region -> !region.name().equals("pos_embed"))
                .mapToLong(WeightRegion::numbers)
                .sum();
        long stateSpaces = published.architecture() instanceof DiffussmArchitecture ? 29L * 2 * 1152 * (2 + 4 * 32) : 0;
        assertThat(published.count().parameters()).isEqualTo(read + stateSpaces);
    }

    @ParameterizedTest
    @MethodSource("dits")
    void ofDitComeToThePapersFiguresWithTwoElementwiseLayersMoreABlock(PublishedArchitecture published) {
        DitShape shape = ((DitArchitecture) published.architecture()).shape();
        long macs = published.count().macs() + 2L * shape.depth() * shape.tokens() * shape.width();
        PublishedFigure figure = PublishedFigures.of(published.model()).orElseThrow();
        String expected =
                published.model().equals("DiT-B/4") ? "5.57" : figure.gigaMacs().orElseThrow();
        assertThat(BigDecimal.valueOf(macs, 9).setScale(2, RoundingMode.HALF_UP))
                .isEqualByComparingTo(expected);
    }

    /** What is left beside the paper's formula, the modulation and the layers around the blocks are the transforms. */
    @ParameterizedTest
    @CsvSource({"DiffuSSM-XL, 1024, 295.6, 19.7", "DiffuSSM-XL at 512, 4096, 1182.3, 157.6"})
    void ofDiffussmCostThePapersFormulaAndTheTransforms(String model, long length, String formula, String transforms) {
        long squared = 1152L * 1152;
        long layers = 29 * 15 * length / 2 * squared;
        long modulation = (29 * 3 + 2) * squared;
        long around = 256 * 1152 + squared + length / 2 * (8 + 16) * 1152;
        long macs = named(model).count().macs();
        assertThat(tenth(layers)).isEqualTo(formula);
        assertThat(tenth(macs - layers - modulation - around)).isEqualTo(transforms);
    }

    /** But for the second name of T5's token table and the autoencoder's encoder. */
    @ParameterizedTest
    @CsvSource({
        "PixArt-α XL/2 at 512, pixart_xl2_512_keys.json, none",
        "Latte-1, latte_keys.json, none",
        "CLIP-L text encoder, clip_l_text_keys.json, none",
        "T5-XXL encoder, t5_xxl_encoder_keys.json, shared.weight",
        "SD VAE decoder, sd_vae_keys.json, encoder[.].*|quant_conv[.].*"
    })
    void standBesideTheSumOfThePublishedTensors(String model, String list, String leftOut) throws Exception {
        long sum = KeyLists.published(list).entrySet().stream()
                .filter(key -> !key.getKey().matches(leftOut))
                .mapToLong(key -> key.getValue().stream().reduce(1L, Math::multiplyExact))
                .sum();
        assertThat(named(model).count().parameters()).isEqualTo(sum);
        assertThat(named(model).count().isAsPublished()).isTrue();
    }

    private static Stream<PublishedArchitecture> all() {
        return ALL.stream();
    }

    private static Stream<PublishedArchitecture> dits() {
        return all().filter(published -> published.architecture() instanceof DitArchitecture);
    }

    private static PublishedArchitecture named(String model) {
        return all().filter(published -> published.model().equals(model))
                .findFirst()
                .orElseThrow();
    }

    private static String tenth(long macs) {
        return BigDecimal.valueOf(macs, 9).setScale(1, RoundingMode.HALF_UP).toPlainString();
    }
}
