package dev.genfleet.importer.blocks;

/**
 * Fixed sine and cosine position embeddings (Vaswani et al. 2017, section 3.5, in the layout of masked autoencoders, which DiT
 * took over): all sines of a coordinate, then all its cosines, frequencies 10000 to the power -i/m. Computed in 64-bit
 * arithmetic and rounded once.
 */
public final class SinCosPositions {

    private SinCosPositions() {}

    /**
     * Embeddings of a grid in raster order, {@code [height · width, size]} flat: the column's in the first half, the row's in the
     * second.
     *
     * @param size of each embedding, a multiple of 4
     */
    public static float[] grid(int height, int width, int size) {
        float[] table = new float[Math.multiplyExact(height * width, size)];
        for (int token = 0; token < height * width; token++) {
            put(table, token * size, token % width, size / 2);
            put(table, token * size + size / 2, Math.floorDiv(token, width), size / 2);
        }
        return table;
    }

    /**
     * Embeddings of positions 0 to {@code count - 1}, {@code [count, size]} flat.
     *
     * @param size of each embedding, even
     */
    public static float[] line(int count, int size) {
        float[] table = new float[Math.multiplyExact(count, size)];
        for (int position = 0; position < count; position++) {
            put(table, position * size, position, size);
        }
        return table;
    }

    private static void put(float[] table, int at, double position, int size) {
        int half = size / 2;
        for (int i = 0; i < half; i++) {
            double angle = position * Math.pow(10_000, -(double) i / half);
            table[at + i] = (float) Math.sin(angle);
            table[at + half + i] = (float) Math.cos(angle);
        }
    }
}
