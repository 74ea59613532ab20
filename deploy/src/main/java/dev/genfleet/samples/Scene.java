package dev.genfleet.samples;

/** What a model is asked to show. */
public sealed interface Scene {

    /** The request in lower-case words, as the models know it from training. */
    String caption();

    /** One object at a named place. */
    record OneObject(Size size, Colour colour, Shape shape, Place place, Background background) implements Scene {
        @Override
        public String caption() {
            return Words.of("a", size, label(), place, "on a", background, "background");
        }

        Label label() {
            return new Label(colour, shape);
        }
    }

    /** Two objects of different colours, side by side or one above the other. */
    record TwoObjects(Label first, Relation relation, Label second, Background background) implements Scene {
        /**
         * Names both objects.
         *
         * @throws IllegalArgumentException if they have the same colour
         */
        public TwoObjects {
            if (first.colour() == second.colour()) {
                throw new IllegalArgumentException(
                        "objects are " + first + " and " + second + ", but must be of different colours");
            }
        }

        @Override
        public String caption() {
            return Words.of("a", first, relation, "a", second, "on a", background, "background");
        }

        /** The colours in relation, such as {@code red left of blue}. */
        String colours() {
            return Words.of(first.colour(), relation, second.colour());
        }
    }

    /** One object that moves through the frames of a video. */
    record Clip(Size size, Colour colour, Shape shape, Motion motion, Background background) implements Scene {
        /** Frames of a clip. */
        public static final int FRAMES = 8;

        @Override
        public String caption() {
            return Words.of("a", size, label(), motion, "on a", background, "background");
        }

        Label label() {
            return new Label(colour, shape);
        }
    }

    /** A class of a class-conditional model: one object, about which only colour and shape are said. */
    record Labelled(Label label) implements Scene {
        @Override
        public String caption() {
            return label.toString();
        }
    }
}
