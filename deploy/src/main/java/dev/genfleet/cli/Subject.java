package dev.genfleet.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.genfleet.local.SampleModel.Makes;
import dev.genfleet.local.SampleModel.Takes;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** What is to be seen: a caption or a label, in a picture or in a video. */
final class Subject {

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    @Parameters(
            arity = "0..*",
            paramLabel = "CAPTION",
            description = "What to draw, for caption models; quotes around it are not needed.")
    private List<String> words = List.of();

    @Option(names = "--prompt", paramLabel = "TEXT", description = "The caption as an option.")
    private Optional<String> prompt = Optional.empty();

    @Option(
            names = "--label",
            paramLabel = "LABEL",
            description = "What to draw, for class models: a label's name or number.")
    private Optional<String> label = Optional.empty();

    @Option(names = "--video", description = "Make a video of it.")
    private boolean video;

    /**
     * Looks whether the options go together.
     *
     * @throws ParameterException when there is a caption beside another one or beside a label, or an empty one
     */
    void check() {
        if (!words.isEmpty() && prompt.isPresent()) {
            throw wrong("there are two captions, '" + String.join(" ", words) + "' and that of --prompt, '"
                    + prompt.get() + "', but a job has one");
        }
        if (label.isPresent() && caption().isPresent()) {
            throw wrong("--label is '" + label.get() + "' and the caption is '"
                    + caption().get() + "', but a job has either a label or a caption; a label of several words needs"
                    + " quotes, as in --label \"yellow star\"");
        }
        if (caption().map(String::isBlank).orElse(false)) {
            throw wrong("the caption is empty, but must say what to draw");
        }
    }

    /** The same, and that something is said at all. */
    void require() {
        check();
        if (takes().isEmpty()) {
            throw wrong(
                    "nothing says what to draw: give a caption, such as \"a large yellow star in the center on a navy"
                            + " background\", or a label, such as --label \"yellow star\"");
        }
    }

    Optional<String> caption() {
        return words.isEmpty() ? prompt : Optional.of(String.join(" ", words));
    }

    Optional<String> label() {
        return label;
    }

    /** The kind of model that it is for; empty where nothing is said. */
    Optional<Takes> takes() {
        return label.isPresent() ? Optional.of(Takes.LABELS) : caption().map(text -> Takes.CAPTIONS);
    }

    Makes makes() {
        return video ? Makes.VIDEOS : Makes.PICTURES;
    }

    /** Takes this text, as a label or as a caption, where nothing is said. */
    void usually(Takes kind, String text) {
        if (takes().isEmpty()) {
            switch (kind) {
                case LABELS -> label = Optional.of(text);
                case CAPTIONS -> prompt = Optional.of(text);
            }
        }
    }

    /** Fields of a request's {@code input}. */
    void describe(ObjectNode input) {
        label.ifPresent(name -> {
            if (isNumber(name)) {
                input.put("class_label", Integer.parseInt(name));
            } else {
                input.put("class_label", name);
            }
        });
        caption().ifPresent(text -> input.put("prompt", text));
    }

    static boolean isNumber(String label) {
        return label.matches("[0-9]{1,9}");
    }

    ParameterException wrong(String sentence) {
        return new ParameterException(command.commandLine(), sentence);
    }
}
