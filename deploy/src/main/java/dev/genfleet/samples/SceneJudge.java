package dev.genfleet.samples;

import java.awt.image.BufferedImage;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Says whether pictures and clips show what was asked for, by drawing: an object's colour is the one whose mixtures with the
 * background explain its pixels best, its shape the one that overlaps it most when drawn at its best place and size. Nothing is
 * learned. What was asked for plays no part in what is seen.
 */
public final class SceneJudge {
    private SceneJudge() {}

    /**
     * Judges RGB pictures: the frames of a clip, at least two, or the one picture of anything else.
     *
     * @throws IllegalArgumentException if the number of frames is wrong, or one is not square
     */
    public static Agreement judge(Scene asked, List<BufferedImage> frames) {
        return switch (asked) {
            case Scene.OneObject one -> compared(one, observation(frames));
            case Scene.TwoObjects two -> compared(two, observation(frames));
            case Scene.Clip clip -> compared(clip, ClipObservation.of(frames));
            case Scene.Labelled labelled -> compared(labelled, observation(frames));
        };
    }

    private static Observation observation(List<BufferedImage> frames) {
        if (frames.size() != 1) {
            throw new IllegalArgumentException("frames are " + frames.size() + ", but must be 1 for a still scene");
        }
        return Observation.of(frames.getFirst());
    }

    private static Agreement compared(Scene.OneObject asked, Observation seen) {
        Optional<SeenObject> object = seen.onlyObject();
        Map<Aspect, Boolean> aspects = new EnumMap<>(Aspect.class);
        aspects.put(Aspect.BACKGROUND, same(asked.background(), seen.background()));
        aspects.put(Aspect.COLOUR, same(asked.colour(), object.map(SeenObject::colour)));
        aspects.put(Aspect.SHAPE, same(asked.shape(), object.map(SeenObject::shape)));
        aspects.put(Aspect.SIZE, same(asked.size(), object.flatMap(SeenObject::size)));
        aspects.put(Aspect.PLACE, same(asked.place(), object.flatMap(SeenObject::place)));
        return new Agreement(aspects, OptionalDouble.empty(), seen.words());
    }

    private static Agreement compared(Scene.Labelled asked, Observation seen) {
        Optional<SeenObject> object = seen.onlyObject();
        Map<Aspect, Boolean> aspects = new EnumMap<>(Aspect.class);
        aspects.put(Aspect.COLOUR, same(asked.label().colour(), object.map(SeenObject::colour)));
        aspects.put(Aspect.SHAPE, same(asked.label().shape(), object.map(SeenObject::shape)));
        return new Agreement(aspects, OptionalDouble.empty(), seen.words());
    }

    private static Agreement compared(Scene.TwoObjects asked, Observation seen) {
        Optional<PairMatch> match = PairMatch.best(asked, seen);
        Map<Aspect, Boolean> aspects = new EnumMap<>(Aspect.class);
        aspects.put(Aspect.BACKGROUND, same(asked.background(), seen.background()));
        aspects.put(Aspect.COLOUR, match.filter(PairMatch::bothColours).isPresent());
        aspects.put(Aspect.SHAPE, match.filter(PairMatch::bothShapes).isPresent());
        aspects.put(Aspect.RELATION, match.filter(PairMatch::relation).isPresent());
        return new Agreement(aspects, OptionalDouble.empty(), seen.words());
    }

    private static Agreement compared(Scene.Clip asked, ClipObservation seen) {
        Motion motion = asked.motion();
        Optional<Displacement> displacement = seen.displacement();
        Map<Aspect, Boolean> aspects = new EnumMap<>(Aspect.class);
        aspects.put(Aspect.BACKGROUND, same(asked.background(), seen.background()));
        aspects.put(Aspect.COLOUR, same(asked.colour(), seen.colour()));
        aspects.put(Aspect.SHAPE, same(asked.shape(), seen.shape()));
        aspects.put(Aspect.SIZE, same(asked.size(), seen.size()));
        if (motion != Motion.STANDING_STILL) {
            aspects.put(
                    Aspect.DIRECTION, displacement.filter(motion::directionFits).isPresent());
        }
        aspects.put(Aspect.AMOUNT, displacement.filter(motion::amountFits).isPresent());
        aspects.put(Aspect.CONSTANT, seen.constant());
        OptionalDouble amount =
                displacement.stream().mapToDouble(motion::amount).findFirst();
        return new Agreement(aspects, amount, seen.words());
    }

    private static <T> boolean same(T asked, Optional<T> seen) {
        return seen.filter(asked::equals).isPresent();
    }
}
