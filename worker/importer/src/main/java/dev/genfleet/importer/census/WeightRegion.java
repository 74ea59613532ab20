package dev.genfleet.importer.census;

/**
 * Bytes of a file that a graph reads as weights.
 *
 * @param name of the initialiser
 * @param location path of the file, relative to the graph's folder
 * @param offset first byte
 * @param length bytes
 * @param type element type in ONNX's words, lower case; {@code int4} and the like where numbers are packed
 * @param numbers that the bytes stand for
 */
public record WeightRegion(String name, String location, long offset, long length, String type, long numbers) {

    public WeightRegion {
        if (offset < 0 || length < 0 || numbers < 0 || offset > Long.MAX_VALUE - length) {
            throw new IllegalArgumentException("weight " + name + " lies at byte " + offset + ", " + length
                    + " bytes long, and holds " + numbers + " numbers, but none of these may be negative");
        }
    }

    long end() {
        return offset + length;
    }
}
