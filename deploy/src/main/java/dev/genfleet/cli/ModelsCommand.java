package dev.genfleet.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Lists the models. */
@Command(
        name = "models",
        mixinStandardHelpOptions = true,
        description = "Lists the models that jobs may name, and where each one is loaded.")
final class ModelsCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Option(names = "--labels", description = "Also list the labels of each model.")
    private boolean labels;

    @Option(names = "--json", description = "Print what the gateway says, as JSON.")
    private boolean json;

    @Override
    public Integer call() throws Exception {
        PrintWriter out = spec.commandLine().getOut();
        try (GatewayClient gateway = Target.gateway()) {
            JsonNode models = gateway.models();
            if (json) {
                out.println(models.toPrettyString());
                return 0;
            }
            for (JsonNode model : models) {
                out.println(summary(model));
                if (labels) {
                    model.path("labels").forEach(label -> out.println("  " + label.asText()));
                }
            }
            if (models.isEmpty()) {
                out.println("the catalog has no model; add one with 'genfleet import'");
            }
        }
        return 0;
    }

    private static String conditioning(JsonNode model) {
        int labels = model.path("labels").size();
        return labels > 0 ? labels + " labels" : model.path("video").isObject() ? "captions, videos" : "captions";
    }

    private static String summary(JsonNode model) {
        JsonNode defaults = model.path("defaults");
        return model.path("id").asText() + "  " + model.path("family").asText() + ", "
                + defaults.path("width").asText() + "x"
                + defaults.path("height").asText() + ", "
                + conditioning(model) + ", pool "
                + model.path("pool").asText() + ", " + whereabouts(model) + "  "
                + model.path("digest").asText();
    }

    private static String whereabouts(JsonNode model) {
        List<String> places = new ArrayList<>();
        model.path("loaded")
                .forEach(place -> places.add(place.path("worker").asText()
                        + (place.has("device") ? " on " + place.path("device").asText() : "")));
        int loadable = model.path("loadable").size();
        return "loaded by " + model.path("workers").size() + " worker(s)"
                + (places.isEmpty() ? "" : " (" + String.join(", ", places) + ")")
                + (loadable == 0 ? "" : ", on demand by " + loadable);
    }
}
