package dev.genfleet.cli;

import dev.genfleet.local.SampleModel;
import dev.genfleet.local.SampleModel.Makes;
import dev.genfleet.local.SampleModel.Takes;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Which model takes a job that names none: one that takes what is given, caption or label, and makes what is asked for. Among several,
 * one that knows the label comes before others, a model of pictures before one of videos, one of the user's own before the sample
 * models, and these are in their order.
 *
 * @param models those that there are
 */
record ModelChoice(List<OfferedModel> models) {

    ModelChoice {
        models = List.copyOf(models);
    }

    /**
     * The model that is named, or else the one that takes the job.
     *
     * @throws CommandFailure when there is none, or the one that is named takes something else
     */
    String choose(GenerateOptions options) throws CommandFailure {
        if (options.model.isPresent()) {
            String named = options.model.get();
            Optional<OfferedModel> found =
                    models.stream().filter(model -> model.name().equals(named)).findFirst();
            if (found.isPresent()) {
                checkTakes(found.get(), options.subject);
                checkMakes(found.get(), options);
            }
            return named; // what nobody offers the gateway refuses
        }
        boolean video = options.videoOption().isPresent();
        return models.stream()
                .filter(model -> options.subject
                        .takes()
                        .filter(given -> given != model.takes())
                        .isEmpty())
                .filter(model -> !video || model.makes() == Makes.VIDEOS)
                .min(Comparator.<OfferedModel, Boolean>comparing(model -> !knows(model, options.subject))
                        .thenComparing(OfferedModel::makes)
                        .thenComparing(ModelChoice::rank))
                .orElseThrow(() -> new CommandFailure(nobody(options)))
                .name();
    }

    private static boolean knows(OfferedModel model, Subject subject) {
        return subject.label()
                .filter(label -> !Subject.isNumber(label) && !model.labels().contains(label))
                .isEmpty();
    }

    private static int rank(OfferedModel model) {
        return SampleModel.named(model.name()).map(SampleModel::ordinal).orElse(-1);
    }

    private static void checkTakes(OfferedModel model, Subject subject) throws CommandFailure {
        if (model.takes() == Takes.LABELS && subject.caption().isPresent()) {
            throw new CommandFailure("the caption '" + subject.caption().get() + "' was given, but " + model.name()
                    + " takes labels: give one with --label, such as --label \""
                    + model.labels().getFirst() + "\", or name a model of captions with --model");
        }
        if (model.takes() == Takes.CAPTIONS && subject.label().isPresent()) {
            throw new CommandFailure("--label is '" + subject.label().get() + "', but " + model.name()
                    + " takes captions: give one without an option in front of it, or name a model of labels with"
                    + " --model");
        }
    }

    private static void checkMakes(OfferedModel model, GenerateOptions options) throws CommandFailure {
        if (model.makes() == Makes.PICTURES && options.videoOption().isPresent()) {
            throw new CommandFailure(options.videoOption().get() + " was given, but " + model.name()
                    + " makes pictures: leave it out, or name a model of videos with --model");
        }
    }

    private String nobody(GenerateOptions options) {
        if (models.isEmpty()) {
            return "the gateway's catalog has no model; add one with 'genfleet import'";
        }
        String given = options.subject
                .takes()
                .map(takes -> takes == Takes.LABELS
                        ? "--label '" + options.subject.label().get() + "'"
                        : "the caption '" + options.subject.caption().get() + "'")
                .orElse("nothing");
        return given + options.videoOption().map(option -> " with " + option).orElse("")
                + " was given, but no model takes that; there are "
                + models.stream().map(OfferedModel::toString).collect(Collectors.joining(", "));
    }
}
