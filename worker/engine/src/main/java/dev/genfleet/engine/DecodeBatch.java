package dev.genfleet.engine;

import dev.genfleet.engine.device.Device;

/**
 * How much is decoded at once. Pixels do not depend on it.
 *
 * @param pictures most pictures or frames of one forward
 * @param pixels most pixels of one forward of several, and of the frames that wait for being encoded; one frame may be larger
 */
public record DecodeBatch(int pictures, int pixels) {

    private static final int USUAL_PIXELS = 4 << 20; // four pictures of 1024 x 1024: 48 MiB of decoded floats

    public DecodeBatch {
        if (pictures < 1 || pixels < 1) {
            throw new IllegalArgumentException(
                    "decode batch is " + pictures + " pictures and " + pixels + " pixels, but both must be at least 1");
        }
    }

    /** What is fastest: one at a time on a processor, whose caches larger batches overflow, and eight on a GPU. */
    public static DecodeBatch on(Device device) {
        return new DecodeBatch(
                switch (device) {
                    case Device.Cpu _ -> 1;
                    case Device.Cuda _ -> 8;
                },
                USUAL_PIXELS);
    }

    /** This batch with another number of pictures. */
    public DecodeBatch of(int most) {
        return new DecodeBatch(most, pixels);
    }

    /** Most frames of that many pixels that share a forward. */
    int rows(int pixelsOfOne) {
        return Math.clamp(pixels / pixelsOfOne, 1, pictures);
    }
}
