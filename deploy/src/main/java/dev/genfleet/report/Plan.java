package dev.genfleet.report;

import dev.genfleet.samples.HeldOut;
import dev.genfleet.samples.Motion;
import dev.genfleet.samples.Scene;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;

/**
 * Which scenes a report asks for.
 *
 * @param seed draws the scenes and, counted up, their noise
 * @param count scenes of a set; where empty, each set's own number
 * @param heldOut what the models have not seen in training
 */
record Plan(long seed, OptionalInt count, HeldOut heldOut) {

    Plan {
        if (count.isPresent() && count.getAsInt() < 1) {
            throw new IllegalArgumentException("count is " + count.getAsInt() + ", but must be at least 1");
        }
        Objects.requireNonNull(heldOut, "held_out");
    }

    List<Scene> scenes(SceneSet set) {
        return set.scenes(heldOut, seed, count.orElse(set.usual()));
    }

    /** For what is made over and over with other settings: as many scenes of a set as usual there, or fewer where few are wanted. */
    List<Scene> scenes(SceneSet set, int usual) {
        return set.scenes(heldOut, seed, atMost(usual));
    }

    /** The same of clips in which something moves. */
    List<Scene> movingClips(int usual) {
        int wanted = atMost(usual);
        return SceneSet.CLIPS.scenes(heldOut, seed, 4 * wanted).stream()
                .filter(scene -> scene instanceof Scene.Clip clip && clip.motion() != Motion.STANDING_STILL)
                .limit(wanted)
                .toList();
    }

    private int atMost(int usual) {
        return Math.min(count.orElse(usual), usual);
    }

    /** An order for each scene; the n-th has the n-th seed, whatever the model and the settings. */
    List<Order> orders(String model, List<Scene> scenes, Settings settings) {
        List<Order> orders = new ArrayList<>();
        for (Scene scene : scenes) {
            orders.add(new Order(model, scene, seed + orders.size(), settings));
        }
        return List.copyOf(orders);
    }
}
