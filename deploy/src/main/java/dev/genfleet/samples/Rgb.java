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

    /** The share (0–1) of the other in the mixture with this that comes nearest to a colour. */
    double share(Rgb other, Rgb colour) {
        Rgb way = other.minus(this);
        return Math.clamp(colour.minus(this).dot(way) / way.dot(way), 0.0, 1.0);
    }

    /** Squared distance of a colour from its nearest mixture of this and the other. */
    double unexplained(Rgb other, Rgb colour) {
        return colour.minus(mix(other, share(other, colour))).squared();
    }

    double squared() {
        return dot(this);
    }

    int pixel() {
        return (int) Math.round(red) << 16 | (int) Math.round(green) << 8 | (int) Math.round(blue);
    }
}
