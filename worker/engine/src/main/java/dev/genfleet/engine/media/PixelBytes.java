package dev.genfleet.engine.media;

/** Decoded numbers as bytes. */
public final class PixelBytes {

    private PixelBytes() {}

    /** A number of about -1 to 1 as the official DiT samples: {@code 127.5 x + 128}, clamped to 0 … 255, truncated. */
    public static byte of(float value) {
        return (byte) Math.clamp(127.5f * value + 128f, 0f, 255f);
    }
}
