package dev.genfleet.report;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.genfleet.samples.Scene;
import java.util.Objects;

/**
 * One scene that a model is to show.
 *
 * @param model as the catalog names it
 * @param scene what to show
 * @param seed of the noise
 * @param settings how to make it
 */
record Order(String model, Scene scene, long seed, Settings settings) {

    Order {
        Objects.requireNonNull(model, "model");
        Objects.requireNonNull(scene, "scene");
        Objects.requireNonNull(settings, "settings");
    }

    /**
     * The body of {@code POST /v1/jobs}. Clips are asked for as GIF, whose palette is theirs alone: the other formats keep colours at
     * half the resolution, which blurs the edges of 64 pixels.
     */
    ObjectNode request() {
        ObjectNode request = JsonNodeFactory.instance.objectNode().put("model", model);
        ObjectNode input = request.putObject("input").put("seed", seed);
        switch (scene) {
            case Scene.Labelled labelled -> input.put("class_label", labelled.caption());
            case Scene.OneObject one -> input.put("prompt", one.caption());
            case Scene.TwoObjects two -> input.put("prompt", two.caption());
            case Scene.Clip clip ->
                input.put("prompt", clip.caption())
                        .put("num_frames", Scene.Clip.FRAMES)
                        .put("output_format", "gif");
        }
        settings.writeTo(input);
        return request;
    }
}
