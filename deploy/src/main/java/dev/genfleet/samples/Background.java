package dev.genfleet.samples;

/** The colour behind the objects. */
public enum Background {
    BLACK(13, 13, 18),
    GRAY(115, 115, 122),
    NAVY(20, 26, 77),
    BROWN(89, 56, 31);

    private final int pixel;

    Background(int red, int green, int blue) {
        pixel = new Rgb(red, green, blue).pixel();
    }

    Rgb rgb() {
        return Rgb.of(pixel);
    }
}
