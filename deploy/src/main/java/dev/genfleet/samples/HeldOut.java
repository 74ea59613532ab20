package dev.genfleet.samples;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/**
 * What the caption models never saw in training, so that a right picture of it is composed and not remembered.
 *
 * @param objects colours of shapes, such as {@code red heart}
 * @param relations colours in relation, such as {@code red left of blue}
 */
public record HeldOut(Set<String> objects, Set<String> relations) {
    private static final Set<String> OBJECTS =
            Label.CLASSES.stream().map(Label::toString).collect(Collectors.toUnmodifiableSet());
    private static final Set<String> RELATIONS =
            SceneSampler.pairs().map(Scene.TwoObjects::colours).collect(Collectors.toUnmodifiableSet());

    /**
     * Copies both.
     *
     * @throws IllegalArgumentException if one of them is not of this world
     */
    public HeldOut {
        objects = known("objects", objects, OBJECTS);
        relations = known("relations", relations, RELATIONS);
    }

    /**
     * Reads {@code held-out.json}.
     *
     * @throws IOException if the file cannot be read or is no JSON
     */
    public static HeldOut read(Path file) throws IOException {
        JsonNode root = new JsonMapper().readTree(file.toFile());
        return new HeldOut(strings(root.path("objects")), strings(root.path("relations")));
    }

    /** Whether an object or a relation of the scene is held out; class labels never are. */
    public boolean covers(Scene scene) {
        return switch (scene) {
            case Scene.OneObject one -> contains(one.label());
            case Scene.TwoObjects two -> containsObject(two) || containsRelation(two);
            case Scene.Clip clip -> contains(clip.label());
            case Scene.Labelled labelled -> false;
        };
    }

    boolean containsObject(Scene.TwoObjects scene) {
        return contains(scene.first()) || contains(scene.second());
    }

    boolean containsRelation(Scene.TwoObjects scene) {
        return relations.contains(scene.colours());
    }

    private boolean contains(Label object) {
        return objects.contains(object.toString());
    }

    private static Set<String> known(String name, Set<String> given, Set<String> all) {
        if (!all.containsAll(given)) {
            throw new IllegalArgumentException("held-out " + name + " are " + given + ", but must be such as "
                    + all.iterator().next());
        }
        return Set.copyOf(given);
    }

    private static Set<String> strings(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false)
                .map(JsonNode::asText)
                .collect(Collectors.toSet());
    }
}
