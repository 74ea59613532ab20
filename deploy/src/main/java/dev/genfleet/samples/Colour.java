package dev.genfleet.samples;

/** The colour of an object, in the order of the class labels. */
public enum Colour {
    RED(230, 38, 38),
    GREEN(38, 191, 64),
    BLUE(51, 89, 242),
    YELLOW(250, 217, 38),
    PURPLE(153, 64, 204),
    ORANGE(255, 140, 26),
    CYAN(26, 204, 217),
    WHITE(247, 247, 247);

    private final int pixel;

    Colour(int red, int green, int blue) {
        pixel = new Rgb(red, green, blue).pixel();
    }

    Rgb rgb() {
        return Rgb.of(pixel);
    }
}
