package dev.genfleet.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.genfleet.local.SampleModel;
import dev.genfleet.local.SampleModel.Makes;
import dev.genfleet.local.SampleModel.Takes;
import dev.genfleet.samples.Label;
import java.util.ArrayList;
import java.util.List;

/**
 * A model as far as it matters for who takes a job.
 *
 * @param name what jobs call it
 * @param takes what says what is to be seen
 * @param makes what comes out
 * @param labels names of its classes, of class models
 */
record OfferedModel(String name, Takes takes, Makes makes, List<String> labels) {

    OfferedModel {
        labels = List.copyOf(labels);
    }

    /** A sample model, before any gateway serves it. */
    static OfferedModel of(SampleModel sample) {
        return new OfferedModel(
                sample.modelName(),
                sample.takes(),
                sample.makes(),
                sample.takes() == Takes.LABELS
                        ? Label.CLASSES.stream().map(Label::toString).toList()
                        : List.of());
    }

    /** A model of {@code GET /v1/models}. */
    static OfferedModel of(JsonNode model) {
        List<String> labels = new ArrayList<>();
        model.path("labels").forEach(label -> labels.add(label.asText()));
        return new OfferedModel(
                model.path("id").asText(),
                labels.isEmpty() ? Takes.CAPTIONS : Takes.LABELS,
                model.path("video").isObject() ? Makes.VIDEOS : Makes.PICTURES,
                labels);
    }

    /** Such as {@code shapes-dit (labels to pictures)}. */
    @Override
    public String toString() {
        return name + " (" + (takes == Takes.LABELS ? "labels" : "captions") + " to "
                + (makes == Makes.VIDEOS ? "videos" : "pictures") + ")";
    }
}
