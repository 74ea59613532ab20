package dev.genfleet.engine.tile;

import dev.genfleet.engine.device.DeviceFault;
import dev.genfleet.engine.device.LatentDecoder;
import dev.genfleet.engine.device.Pixels;
import dev.genfleet.model.DecodeTiling;
import dev.genfleet.model.LatentShape;
import java.util.ArrayList;
import java.util.List;

/**
 * Decodes latents of more cells than one tile tile by tile and blends neighbours linearly where they overlap, the idea of
 * {@code enable_tiling} of diffusers' AutoencoderKL (whose usual tile is the trained size and whose usual overlap is a quarter).
 * Unlike there all tiles have one size: the last ones reach back into the picture, so that no sliver is decoded with hardly any
 * surroundings. A forward holds the same tile of every picture given.
 */
public final class TiledLatentDecoder implements LatentDecoder {

    private static final int PLANES = 3;

    private final LatentDecoder decoder;
    private final DecodeTiling tiling;

    /**
     * Wraps a decoder, which is closed with it.
     *
     * @param decoder of latents of any height and width
     * @param tiling size and overlap of tiles
     */
    public TiledLatentDecoder(LatentDecoder decoder, DecodeTiling tiling) {
        this.decoder = decoder;
        this.tiling = tiling;
    }

    @Override
    public List<Pixels> decode(List<float[]> latents, LatentShape shape) throws DeviceFault {
        if (!tiling.appliesTo(shape)) {
            return decoder.decode(latents, shape);
        }
        TileAxis rows = new TileAxis(shape.height(), tiling.size(), tiling.overlap());
        TileAxis columns = new TileAxis(shape.width(), tiling.size(), tiling.overlap());
        LatentShape tile = new LatentShape(shape.channels(), rows.tile(), columns.tile());
        List<Canvas> canvases = new ArrayList<>();
        for (int row = 0; row < rows.tiles(); row++) {
            for (int column = 0; column < columns.tiles(); column++) {
                int top = rows.start(row);
                int left = columns.start(column);
                List<float[]> cut = latents.stream()
                        .map(each -> cut(each, shape, tile, top, left))
                        .toList();
                List<Pixels> decoded = decoder.decode(cut, tile);
                if (canvases.isEmpty()) {
                    int scale = decoded.getFirst().width() / tile.width();
                    latents.forEach(_ -> canvases.add(new Canvas(shape, scale, rows, columns)));
                }
                for (int i = 0; i < decoded.size(); i++) {
                    canvases.get(i).add(decoded.get(i), row, column);
                }
            }
        }
        return canvases.stream().map(Canvas::pixels).toList();
    }

    private static float[] cut(float[] latents, LatentShape shape, LatentShape tile, int top, int left) {
        float[] cut = new float[tile.elements()];
        for (int channel = 0; channel < tile.channels(); channel++) {
            for (int y = 0; y < tile.height(); y++) {
                System.arraycopy(
                        latents,
                        (channel * shape.height() + top + y) * shape.width() + left,
                        cut,
                        (channel * tile.height() + y) * tile.width(),
                        tile.width());
            }
        }
        return cut;
    }

    @Override
    public void close() {
        decoder.close();
    }

    /** A picture that tiles are added to, in one order. */
    private static final class Canvas {
        private final TileAxis rows;
        private final TileAxis columns;
        private final int scale;
        private final int width;
        private final int height;
        private final float[] planes;
        private final float[][] rowWeights;
        private final float[][] columnWeights;

        Canvas(LatentShape shape, int scale, TileAxis rows, TileAxis columns) {
            this.rows = rows;
            this.columns = columns;
            this.scale = scale;
            this.width = shape.width() * scale;
            this.height = shape.height() * scale;
            this.planes = new float[Math.multiplyExact(PLANES, Math.multiplyExact(width, height))];
            this.rowWeights = rows.weights(scale);
            this.columnWeights = columns.weights(scale);
        }

        void add(Pixels tile, int row, int column) {
            int top = rows.start(row) * scale;
            int left = columns.start(column) * scale;
            for (int plane = 0; plane < PLANES; plane++) {
                for (int y = 0; y < tile.height(); y++) {
                    float share = rowWeights[row][y];
                    int to = (plane * height + top + y) * width + left;
                    for (int x = 0; x < tile.width(); x++) {
                        planes[to + x] += share * columnWeights[column][x] * tile.at(plane, x, y);
                    }
                }
            }
        }

        Pixels pixels() {
            return new Pixels(width, height, planes);
        }
    }
}
