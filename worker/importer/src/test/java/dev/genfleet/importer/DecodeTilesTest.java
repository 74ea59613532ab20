package dev.genfleet.importer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.genfleet.importer.family.LatentSizes;
import dev.genfleet.model.DecodeTiling;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DecodeTilesTest {

    private static final LatentSizes ANY = LatentSizes.open(128, 128, 2, 256);

    @Test
    void packagesOfPicturesUpTo1024SquaredHaveNone() {
        assertThat(DecodeTiles.USUAL.tiling(LatentSizes.only(128, 128), 8)).isEmpty();
        assertThat(DecodeTiles.USUAL.tiling(LatentSizes.open(64, 64, 2, 128), 8))
                .isEmpty();
        assertThat(DecodeTiles.USUAL.tiling(LatentSizes.only(64, 256), 8)).isEmpty();
    }

    @Test
    void largerPicturesAreDecodedInTilesOf1024PixelsThatOverlapByAQuarter() {
        assertThat(DecodeTiles.USUAL.tiling(ANY, 8)).contains(new DecodeTiling(128, 32));
        assertThat(DecodeTiles.USUAL.tiling(LatentSizes.only(65, 65), 16)).contains(new DecodeTiling(64, 16));
    }

    @Test
    void whatIsAskedForIsTakenWhateverTheSizes() {
        assertThat(DecodeTiles.parse("64").tiling(ANY, 8)).contains(new DecodeTiling(64, 16));
        assertThat(DecodeTiles.parse("64:32").tiling(LatentSizes.only(8, 8), 8)).contains(new DecodeTiling(64, 32));
        assertThat(DecodeTiles.parse("none").tiling(ANY, 8)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1", "64:33", "-64", "64:", "64:8:8", "big", "999999"})
    void whatMakesNoSenseIsRefusedInOneSentence(String text) {
        assertThatThrownBy(() -> DecodeTiles.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(
                        "decode-tile is '" + text + "', but must be none, or the latent cells of a tile");
    }
}
