package dev.genfleet.samples;

import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/**
 * A request that differs from a scene in one respect.
 *
 * @param aspects of which at least one must be found wrong
 */
record OneWordChanged(Scene scene, List<Aspect> aspects) {
    private static final List<Aspect> MOTION = List.of(Aspect.DIRECTION, Aspect.AMOUNT);

    static OneWordChanged of(Scene scene, RandomGenerator random) {
        List<OneWordChanged> all =
                switch (scene) {
                    case Scene.OneObject one -> of(one, random);
                    case Scene.TwoObjects two -> of(two, random);
                    case Scene.Clip clip -> of(clip, random);
                    case Scene.Labelled labelled -> of(labelled, random);
                };
        return all.get(random.nextInt(all.size()));
    }

    private static List<OneWordChanged> of(Scene.OneObject it, RandomGenerator random) {
        Size size = other(it.size(), Size.values(), random);
        Colour colour = other(it.colour(), Colour.values(), random);
        Shape shape = other(it.shape(), Shape.values(), random);
        Place place = other(it.place(), Place.values(), random);
        Background background = other(it.background(), Background.values(), random);
        return List.of(
                changed(new Scene.OneObject(size, it.colour(), it.shape(), it.place(), it.background()), Aspect.SIZE),
                changed(new Scene.OneObject(it.size(), colour, it.shape(), it.place(), it.background()), Aspect.COLOUR),
                changed(new Scene.OneObject(it.size(), it.colour(), shape, it.place(), it.background()), Aspect.SHAPE),
                changed(new Scene.OneObject(it.size(), it.colour(), it.shape(), place, it.background()), Aspect.PLACE),
                changed(
                        new Scene.OneObject(it.size(), it.colour(), it.shape(), it.place(), background),
                        Aspect.BACKGROUND));
    }

    private static List<OneWordChanged> of(Scene.TwoObjects it, RandomGenerator random) {
        Label first = it.first();
        Label second = it.second();
        Colour colour = Stream.generate(() -> other(first.colour(), Colour.values(), random))
                .filter(candidate -> candidate != second.colour())
                .findFirst()
                .orElseThrow();
        Label recoloured = new Label(colour, first.shape());
        Label reshaped = new Label(second.colour(), other(second.shape(), Shape.values(), random));
        Relation relation = other(it.relation(), Relation.values(), random);
        Background background = other(it.background(), Background.values(), random);
        return List.of(
                changed(new Scene.TwoObjects(recoloured, it.relation(), second, it.background()), Aspect.COLOUR),
                changed(new Scene.TwoObjects(first, it.relation(), reshaped, it.background()), Aspect.SHAPE),
                changed(new Scene.TwoObjects(first, relation, second, it.background()), Aspect.RELATION),
                changed(new Scene.TwoObjects(second, it.relation(), first, it.background()), Aspect.RELATION),
                changed(new Scene.TwoObjects(first, it.relation(), second, background), Aspect.BACKGROUND));
    }

    private static List<OneWordChanged> of(Scene.Clip it, RandomGenerator random) {
        Size size = other(it.size(), Size.values(), random);
        Colour colour = other(it.colour(), Colour.values(), random);
        Shape shape = other(it.shape(), Shape.values(), random);
        Motion motion = other(it.motion(), Motion.values(), random);
        Background background = other(it.background(), Background.values(), random);
        return List.of(
                changed(new Scene.Clip(size, it.colour(), it.shape(), it.motion(), it.background()), Aspect.SIZE),
                changed(new Scene.Clip(it.size(), colour, it.shape(), it.motion(), it.background()), Aspect.COLOUR),
                changed(new Scene.Clip(it.size(), it.colour(), shape, it.motion(), it.background()), Aspect.SHAPE),
                new OneWordChanged(new Scene.Clip(it.size(), it.colour(), it.shape(), motion, it.background()), MOTION),
                changed(
                        new Scene.Clip(it.size(), it.colour(), it.shape(), it.motion(), background),
                        Aspect.BACKGROUND));
    }

    private static List<OneWordChanged> of(Scene.Labelled it, RandomGenerator random) {
        Colour colour = other(it.label().colour(), Colour.values(), random);
        Shape shape = other(it.label().shape(), Shape.values(), random);
        return List.of(
                changed(new Scene.Labelled(new Label(colour, it.label().shape())), Aspect.COLOUR),
                changed(new Scene.Labelled(new Label(it.label().colour(), shape)), Aspect.SHAPE));
    }

    private static OneWordChanged changed(Scene scene, Aspect aspect) {
        return new OneWordChanged(scene, List.of(aspect));
    }

    private static <E extends Enum<E>> E other(E value, E[] values, RandomGenerator random) {
        List<E> others = Stream.of(values).filter(it -> it != value).toList();
        return others.get(random.nextInt(others.size()));
    }
}
