package dev.genfleet.samples;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/** Draws scenes at random: of what the caption models saw in training, and of what was held out. */
public final class SceneSampler {

    /** Scenes by what is new in them; no scene is of two kinds. */
    public enum Kind {
        /** One object, as in training. */
        ONE_OBJECT,
        /** One object of a colour that its shape never had in training. */
        HELD_OUT_OBJECT,
        /** Two objects, as in training. */
        TWO_OBJECTS,
        /** Two objects as in training, but in a relation that their colours never had. */
        HELD_OUT_RELATION,
        /** A moving object, as in training. */
        CLIP,
        /** A moving object of a colour that its shape never had in training. */
        HELD_OUT_CLIP
    }

    private final HeldOut heldOut;

    public SceneSampler(HeldOut heldOut) {
        this.heldOut = heldOut;
    }

    /**
     * Draws scenes, all different and all equally likely.
     *
     * @throws IllegalArgumentException if there are fewer scenes of this kind
     */
    public List<Scene> sample(Kind kind, int count, RandomGenerator random) {
        List<Scene> scenes = new ArrayList<>(all(kind).toList());
        if (count > scenes.size()) {
            throw new IllegalArgumentException(
                    "count is " + count + ", but there are only " + scenes.size() + " scenes of kind " + kind);
        }
        Collections.shuffle(scenes, random);
        return List.copyOf(scenes.subList(0, count));
    }

    private Stream<? extends Scene> all(Kind kind) {
        return switch (kind) {
            case ONE_OBJECT -> objects().filter(scene -> !heldOut.covers(scene));
            case HELD_OUT_OBJECT -> objects().filter(heldOut::covers);
            case TWO_OBJECTS -> pairs().filter(scene -> !heldOut.covers(scene));
            case HELD_OUT_RELATION ->
                pairs().filter(heldOut::containsRelation).filter(scene -> !heldOut.containsObject(scene));
            case CLIP -> clips().filter(scene -> !heldOut.covers(scene));
            case HELD_OUT_CLIP -> clips().filter(heldOut::covers);
        };
    }

    private static Stream<Scene.OneObject> objects() {
        return Label.CLASSES.stream().flatMap(label -> each(Size.values())
                .flatMap(size -> each(Place.values()).flatMap(place -> each(Background.values())
                        .map(background ->
                                new Scene.OneObject(size, label.colour(), label.shape(), place, background)))));
    }

    /** All scenes of two objects. */
    static Stream<Scene.TwoObjects> pairs() {
        return Label.CLASSES.stream().flatMap(first -> Label.CLASSES.stream()
                .filter(second -> second.colour() != first.colour())
                .flatMap(second -> each(Relation.values()).flatMap(relation -> each(Background.values())
                        .map(background -> new Scene.TwoObjects(first, relation, second, background)))));
    }

    private static Stream<Scene.Clip> clips() {
        return Label.CLASSES.stream().flatMap(label -> each(Size.values())
                .flatMap(size -> each(Motion.values()).flatMap(motion -> each(Background.values())
                        .map(background -> new Scene.Clip(size, label.colour(), label.shape(), motion, background)))));
    }

    private static <T> Stream<T> each(T[] values) {
        return Stream.of(values);
    }
}
