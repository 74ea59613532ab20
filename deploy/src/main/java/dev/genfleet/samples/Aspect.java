package dev.genfleet.samples;

/** What a request says about a picture or a clip, and the judge answers one by one. */
public enum Aspect {
    /** The colour behind the objects. */
    BACKGROUND,
    /** The colour of the object, or of both. */
    COLOUR,
    /** The form of the object, or of both. */
    SHAPE,
    SIZE,
    PLACE,
    /** How the first of two objects lies to the second. */
    RELATION,
    /** Where the object of a clip goes. */
    DIRECTION,
    /** How far the object of a clip goes. */
    AMOUNT,
    /** Whether background, colour and shape are the same in all frames of a clip. */
    CONSTANT
}
