package dev.genfleet.samples;

/** A colour, or a difference of colours; 0–255 for what can be shown. */
record Rgb(double red, double green, double blue) {
    static Rgb of(int pixel) {
        return new Rgb(pixel >> 16 & 0xff, pixel >> 8 & 0xff, pixel & 0xff);
    }

    Rgb minus(Rgb other) {
        return new Rgb(red - other.red, green - other.green, blue - other.blue);
    }

    double dot(Rgb other) {
        return red * other.red + green * other.green + blue * other.blue;
    }

    /** The mixture of this and {@code share} (0–1) of the other. */
    Rgb mix(Rgb other, double share) {
        Rgb way = other.minus(this);
        return new Rgb(red + share * way.red, green + share * way.green, blue + share * way.blue);
    }

    int pixel() {
        return (int) Math.round(red) << 16 | (int) Math.round(green) << 8 | (int) Math.round(blue);
    }
}
