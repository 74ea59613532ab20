package dev.genfleet.gateway.submission;

import dev.genfleet.job.Conditioning;
import dev.genfleet.job.JobRequest.Input;
import dev.genfleet.job.JobRequest.LabelChoice;
import dev.genfleet.model.ModelConditioning;
import dev.genfleet.model.ModelManifest;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Checks label or caption against what a model is conditioned on. One request, one thread. */
final class ConditioningLimits {

    private static final String INPUT = "/input/";
    private static final int LABELS_SHOWN = 8;

    private final ModelManifest model;
    private final Complaints complaints;

    ConditioningLimits(ModelManifest model, Complaints complaints) {
        this.model = model;
        this.complaints = complaints;
    }

    /** The conditioning; empty when there were complaints. */
    Optional<Conditioning> conditioning(Input input) {
        return switch (model.conditioning()) {
            case ModelConditioning.ClassLabels _ -> label(input);
            case ModelConditioning.Captions _ -> caption(input);
        };
    }

    private Optional<Conditioning> label(Input input) {
        input.prompt().ifPresent(prompt -> refuseText("prompt"));
        input.negativePrompt().ifPresent(prompt -> refuseText("negative_prompt"));
        if (input.classLabel().isEmpty()) {
            complain("class_label", "class_label is missing, but " + model.name() + " needs one of " + labels() + ".");
            return Optional.empty();
        }
        int index =
                switch (input.classLabel().get()) {
                    case LabelChoice.ByIndex byIndex -> byIndex.index();
                    case LabelChoice.ByName byName -> model.labels().indexOf(byName.name());
                };
        Optional<String> name = model.label(index);
        if (name.isEmpty()) {
            complain(
                    "class_label",
                    "class_label is " + quote(input.classLabel().get()) + ", but " + model.name() + " knows " + labels()
                            + ".");
        }
        return name.map(known -> new Conditioning.ClassLabel(index, known));
    }

    private Optional<Conditioning> caption(Input input) {
        input.classLabel()
                .ifPresent(label -> complain(
                        "class_label",
                        "class_label was given, but " + model.name() + " is a caption model: give prompt instead."));
        if (input.prompt().isEmpty()) {
            complain("prompt", "prompt is missing, but " + model.name() + " needs one: what the picture shows.");
        }
        return input.prompt()
                .map(prompt ->
                        new Conditioning.Caption(prompt, input.negativePrompt().orElse("")));
    }

    private void refuseText(String field) {
        complain(field, field + " was given, but " + model.name() + " is a class model: give class_label instead.");
    }

    private void complain(String field, String sentence) {
        complaints.add(INPUT + field, sentence);
    }

    private String labels() {
        List<String> names = model.labels();
        String shown = names.stream().limit(LABELS_SHOWN).collect(Collectors.joining("', '", "'", "'"));
        return (names.size() > LABELS_SHOWN ? names.size() + " labels such as " : "the labels ") + shown
                + " and the numbers 0 to " + (names.size() - 1);
    }

    private static String quote(LabelChoice choice) {
        return switch (choice) {
            case LabelChoice.ByIndex byIndex -> Integer.toString(byIndex.index());
            case LabelChoice.ByName byName -> "'" + byName.name() + "'";
        };
    }
}
