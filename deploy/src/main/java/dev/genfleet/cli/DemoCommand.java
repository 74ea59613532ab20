package dev.genfleet.cli;

import dev.genfleet.local.SampleModel;
import dev.genfleet.local.SampleModel.Makes;
import dev.genfleet.local.SampleModel.Takes;
import dev.genfleet.local.StackSettings;
import dev.genfleet.local.StackSettings.Lifetime;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Everything once, from nothing: starts a stack of its own, makes a picture or a video, tells how, and stops it all. */
@Command(
        name = "demo",
        mixinStandardHelpOptions = true,
        description = {
            "Makes one picture, or with --video one video, with a local stack that lives only as long as this command:"
                    + " starts Kafka, Redis, object storage, the gateway and a worker on free ports, submits a job over HTTP,"
                    + " follows it, saves the picture, receives the signed webhook, and stops everything.",
            "A caption is for the sample models of captions, --label for those of classes; the stack has the one that is"
                    + " used. A video is saved as MP4 and as GIF unless --format names one.",
            "The exit code is 0 only if the picture is there."
        })
final class DemoCommand implements Callable<Integer> {

    private static final String USUAL_CAPTION = "a large yellow star on the left on a navy background";
    private static final String USUAL_VIDEO = "a small red circle moving right on a gray background";
    private static final String USUAL_LABEL = "red circle";

    /** Everybody's first picture of a caption is the same; README shows one. */
    private static final long USUAL_SEED = 7;

    @Spec
    private CommandSpec spec;

    @Mixin
    private GenerateOptions options;

    @Override
    public Integer call() throws Exception {
        Terminal terminal = Terminal.of(spec.commandLine().getOut());
        SampleModel model = prepare();
        SampleWords.note(model.modelName(), options.subject).ifPresent(terminal::line);
        new PassingStack(terminal, StackSettings.of(Lifetime.WITH_THIS_PROGRAM).withSamples(List.of(model)))
                .run(folder -> {}, stack -> new DemoJobs(stack.endpoints(), terminal).run(model, options));
        return 0;
    }

    /** Fills in what is not said, and chooses the model before anything is started. */
    private SampleModel prepare() throws CommandFailure {
        Optional<SampleModel> named =
                options.model.isPresent() ? Optional.of(named(options.model.get())) : Optional.empty();
        Takes takes = named.map(SampleModel::takes).orElse(Takes.CAPTIONS);
        boolean video = options.videoOption().isPresent()
                || named.filter(model -> model.makes() == Makes.VIDEOS).isPresent();
        options.subject.usually(takes, takes == Takes.LABELS ? USUAL_LABEL : video ? USUAL_VIDEO : USUAL_CAPTION);
        if (options.seed.isEmpty()) {
            options.seed = Optional.of(USUAL_SEED);
        }
        options.check();
        List<OfferedModel> offered =
                SampleModel.all().stream().map(OfferedModel::of).toList();
        return named(new ModelChoice(offered).choose(options));
    }

    private SampleModel named(String name) {
        return SampleModel.named(name)
                .orElseThrow(() -> options.subject.wrong("--model is '" + name
                        + "', but the demo has the sample models alone: "
                        + SampleModel.all().stream().map(SampleModel::modelName).collect(Collectors.joining(", "))
                        + "; others are served after 'genfleet up'"));
    }
}
