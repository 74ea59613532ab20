package dev.genfleet.engine.tile;

/**
 * Tiles along one side: all of one length, at even distances, the first and the last flush with the ends. Where tiles overlap,
 * each one's weight falls linearly towards its end, and all weights at one place sum to one.
 */
final class TileAxis {

    private final int cells;
    private final int tile;
    private final int overlap;
    private final int tiles;

    /**
     * Lays out tiles.
     *
     * @param cells of the side
     * @param size cells of a tile, cut to the side's
     * @param overlap least cells that neighbours share
     */
    TileAxis(int cells, int size, int overlap) {
        this.cells = cells;
        this.tile = Math.min(cells, size);
        this.overlap = overlap;
        this.tiles = 1 + Math.ceilDiv(cells - tile, size - overlap);
    }

    /** Number of tiles. */
    int tiles() {
        return tiles;
    }

    /** Cells of each tile. */
    int tile() {
        return tile;
    }

    /** First cell of a tile. */
    int start(int index) {
        return tiles == 1 ? 0 : Math.toIntExact((long) index * (cells - tile) / (tiles - 1));
    }

    /**
     * The share that each tile has in each pixel.
     *
     * @param scale pixels of a cell
     * @return {@code [tile][pixel of the tile]}
     */
    float[][] weights(int scale) {
        double[] sums = new double[cells * scale];
        for (int index = 0; index < tiles; index++) {
            for (int i = 0; i < tile * scale; i++) {
                sums[start(index) * scale + i] += raw(index, i, scale);
            }
        }
        float[][] weights = new float[tiles][tile * scale];
        for (int index = 0; index < tiles; index++) {
            for (int i = 0; i < tile * scale; i++) {
                weights[index][i] = (float) (raw(index, i, scale) / sums[start(index) * scale + i]);
            }
        }
        return weights;
    }

    /** 1 inside, falling over the overlap towards ends that are not the picture's. */
    private double raw(int index, int pixel, int scale) {
        double fall = Math.max(1, overlap * scale);
        double before = index == 0 ? fall : pixel + 0.5;
        double after = index == tiles - 1 ? fall : tile * scale - pixel - 0.5;
        return Math.min(fall, Math.min(before, after)) / fall;
    }
}
