package dev.genfleet.engine.tile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class TileAxisTest {

    @ParameterizedTest
    @CsvSource({"64, 16, 4", "17, 16, 4", "31, 16, 8", "100, 16, 0", "16, 16, 4", "5, 16, 4", "129, 128, 32", "7, 2, 1"
    })
    void tilesCoverTheSideAndOverlapEnoughAndTheirWeightsSumToOne(int cells, int size, int overlap) {
        TileAxis axis = new TileAxis(cells, size, overlap);
        assertThat(axis.tile()).isEqualTo(Math.min(cells, size));
        assertThat(axis.start(0)).isZero();
        assertThat(axis.start(axis.tiles() - 1) + axis.tile()).isEqualTo(cells);
        for (int tile = 1; tile < axis.tiles(); tile++) {
            assertThat(axis.start(tile - 1) + axis.tile() - axis.start(tile))
                    .as("cells that tile %d shares with the one before", tile)
                    .isBetween(overlap, size - 1);
        }
        int scale = 2;
        float[][] weights = axis.weights(scale);
        double[] sums = new double[cells * scale];
        for (int tile = 0; tile < axis.tiles(); tile++) {
            for (int i = 0; i < weights[tile].length; i++) {
                assertThat(weights[tile][i]).isPositive();
                sums[axis.start(tile) * scale + i] += weights[tile][i];
            }
        }
        for (double sum : sums) {
            assertThat(sum).isCloseTo(1, within(1e-6));
        }
    }

    @Test
    void weightsFallLinearlyOverTheOverlap() {
        float[][] weights = new TileAxis(12, 8, 4).weights(1);
        assertThat(weights[0]).containsExactly(1, 1, 1, 1, 0.875f, 0.625f, 0.375f, 0.125f);
        assertThat(weights[1]).containsExactly(0.125f, 0.375f, 0.625f, 0.875f, 1, 1, 1, 1);
    }

    @Test
    void noMoreTilesThanNeeded() {
        assertThat(new TileAxis(16, 16, 4).tiles()).isEqualTo(1);
        assertThat(new TileAxis(17, 16, 4).tiles()).isEqualTo(2);
        assertThat(new TileAxis(28, 16, 4).tiles()).isEqualTo(2);
        assertThat(new TileAxis(29, 16, 4).tiles()).isEqualTo(3);
    }
}
