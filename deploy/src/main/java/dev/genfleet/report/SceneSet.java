package dev.genfleet.report;

import static dev.genfleet.samples.Aspect.AMOUNT;
import static dev.genfleet.samples.Aspect.BACKGROUND;
import static dev.genfleet.samples.Aspect.COLOUR;
import static dev.genfleet.samples.Aspect.CONSTANT;
import static dev.genfleet.samples.Aspect.DIRECTION;
import static dev.genfleet.samples.Aspect.PLACE;
import static dev.genfleet.samples.Aspect.RELATION;
import static dev.genfleet.samples.Aspect.SHAPE;

import dev.genfleet.samples.Aspect;
import dev.genfleet.samples.HeldOut;
import dev.genfleet.samples.Label;
import dev.genfleet.samples.Scene;
import dev.genfleet.samples.SceneSampler;
import dev.genfleet.samples.SceneSampler.Kind;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;

/**
 * What a model is asked for, how often by default, and what share of it is to be right.
 *
 * @param words the set's name in tables
 * @param usual scenes of a report that is asked for no other number
 * @param kind what scenes are drawn from; where empty, they are the classes
 * @param aims the least shares that are to be right in single aspects; in others, any share will do
 * @param aimOfAll the least share that is to have nothing wrong, if there is such a bound
 */
public record SceneSet(
        String words, int usual, Optional<Kind> kind, Map<Aspect, Double> aims, OptionalDouble aimOfAll) {

    public static final SceneSet ONE_OBJECT = new SceneSet(
            "one object",
            100,
            Optional.of(Kind.ONE_OBJECT),
            Map.of(BACKGROUND, 0.97, COLOUR, 0.97, SHAPE, 0.92, PLACE, 0.95),
            OptionalDouble.of(0.85));

    public static final SceneSet UNSEEN_PAIRS =
            new SceneSet("unseen pairs", 50, Optional.of(Kind.HELD_OUT_OBJECT), Map.of(), OptionalDouble.of(0.70));

    public static final SceneSet TWO_OBJECTS = new SceneSet(
            "two objects",
            100,
            Optional.of(Kind.TWO_OBJECTS),
            Map.of(RELATION, 0.90, COLOUR, 0.90),
            OptionalDouble.of(0.70));

    public static final SceneSet UNSEEN_RELATIONS =
            new SceneSet("unseen relations", 40, Optional.of(Kind.HELD_OUT_RELATION), Map.of(), OptionalDouble.empty());

    public static final SceneSet CLIPS = new SceneSet(
            "clips",
            60,
            Optional.of(Kind.CLIP),
            Map.of(DIRECTION, 0.95, AMOUNT, 0.95, CONSTANT, 0.95),
            OptionalDouble.empty());

    public static final SceneSet CLASSES =
            new SceneSet("classes", Label.CLASSES.size(), Optional.empty(), Map.of(), OptionalDouble.of(0.95));

    public SceneSet {
        Objects.requireNonNull(words, "words");
        Objects.requireNonNull(kind, "kind");
        aims = Map.copyOf(aims);
        Objects.requireNonNull(aimOfAll, "aim_of_all");
    }

    /** Scenes drawn from this set, always the same for a seed. All classes stay in their own order, and there are no more of them. */
    List<Scene> scenes(HeldOut heldOut, long seed, int count) {
        // Sets of one seed are drawn apart from each other.
        Random random = new Random(seed + words.hashCode());
        if (kind.isPresent()) {
            return new SceneSampler(heldOut).sample(kind.get(), count, random);
        }
        List<Scene> labels = new ArrayList<>();
        Label.CLASSES.forEach(label -> labels.add(new Scene.Labelled(label)));
        if (count < labels.size()) {
            Collections.shuffle(labels, random);
        }
        return List.copyOf(labels.subList(0, Math.min(count, labels.size())));
    }

    /** The least share that is to be right in an aspect, if there is such a bound. */
    OptionalDouble aim(Aspect aspect) {
        Double aim = aims.get(aspect);
        return aim == null ? OptionalDouble.empty() : OptionalDouble.of(aim);
    }

    /** How a model is asked for them: clips with motion as it was learned, neither more nor less. */
    Settings settings() {
        return kind.equals(Optional.of(Kind.CLIP)) ? Settings.USUAL.movedBy(1) : Settings.USUAL;
    }
}
