package dev.genfleet.importer.plain;

/** Sines and cosines of numbers and places (Vaswani et al. 2017, section 3.5). */
final class Waves {

    private static final int TIMESTEP_FREQUENCIES = 128;

    private Waves() {}

    /**
     * {@code [n] → [n, 256]}: cosines, then sines, of a number times 10000 to the power -i/(128 - shift). The frequencies and the
     * products are rounded to 32 bits as in the code that models were trained with: they are part of the model, since at a
     * timestep of 999 the rounding is as large as 3e-5.
     */
    static PlainTensor ofNumbers(double[] numbers, int shift) {
        int half = TIMESTEP_FREQUENCIES;
        PlainTensor result = PlainTensor.zeros(numbers.length, 2 * half);
        float logarithm = (float) -Math.log(10_000);
        for (int row = 0; row < numbers.length; row++) {
            for (int i = 0; i < half; i++) {
                float exponent = logarithm * i / (half - shift);
                float angle = (float) numbers[row] * (float) Math.exp(exponent);
                result.values()[row * 2 * half + i] = Math.cos(angle);
                result.values()[row * 2 * half + half + i] = Math.sin(angle);
            }
        }
        return result;
    }

    /** {@code [n] → [n, size]}: sines, then cosines, of a coordinate times 10000 to the power -i/(size/2). */
    static PlainTensor ofCoordinates(double[] coordinates, int size) {
        int half = size / 2;
        PlainTensor result = PlainTensor.zeros(coordinates.length, size);
        for (int row = 0; row < coordinates.length; row++) {
            for (int i = 0; i < half; i++) {
                double angle = coordinates[row] / Math.pow(10_000, (double) i / half);
                result.values()[row * size + i] = Math.sin(angle);
                result.values()[row * size + half + i] = Math.cos(angle);
            }
        }
        return result;
    }

    /** {@code [rows · columns, size]} in raster order: the column's waves in the first half, the row's in the second. */
    static PlainTensor ofGrid(double[] rowCoordinates, double[] columnCoordinates, int size) {
        int columns = columnCoordinates.length;
        double[] down = new double[rowCoordinates.length * columns];
        double[] across = new double[down.length];
        for (int place = 0; place < down.length; place++) {
            down[place] = rowCoordinates[Math.floorDiv(place, columns)];
            across[place] = columnCoordinates[place % columns];
        }
        return ofCoordinates(across, size / 2).beside(ofCoordinates(down, size / 2));
    }

    /** 0, 1, … */
    static double[] places(int count) {
        double[] places = new double[count];
        for (int i = 0; i < count; i++) {
            places[i] = i;
        }
        return places;
    }
}
