package dev.genfleet.gateway.submission;

import dev.genfleet.job.ImageSize;
import dev.genfleet.job.JobRequest.Input;
import dev.genfleet.job.OutputFormat;
import dev.genfleet.job.VideoSpec;
import dev.genfleet.model.ModelManifest;
import dev.genfleet.model.VideoShape;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** Checks length, speed and file format against what a model makes: pictures or videos. One request, one thread. */
final class VideoLimits {

    private static final String INPUT = "/input/";

    private final ModelManifest model;
    private final Complaints complaints;

    VideoLimits(ModelManifest model, Complaints complaints) {
        this.model = model;
        this.complaints = complaints;
    }

    /** Length and speed, of models that make videos. */
    Optional<VideoSpec> video(Input input) {
        if (model.video().isEmpty()) {
            input.numFrames().ifPresent(given -> refuse("num_frames"));
            input.fps().ifPresent(given -> refuse("fps"));
            return Optional.empty();
        }
        VideoShape shape = model.video().get();
        int frames = input.numFrames().orElse(shape.frames());
        if (frames > shape.maxFrames()) {
            complain(
                    "num_frames",
                    "num_frames is " + frames + ", but must be between 1 and " + shape.maxFrames() + " for "
                            + model.name() + ".");
        }
        return Optional.of(new VideoSpec(frames, input.fps().orElse(shape.fps())));
    }

    /** The file format. */
    OutputFormat format(Input input, ImageSize size) {
        OutputFormat.Kind kind = model.video().isPresent() ? OutputFormat.Kind.VIDEO : OutputFormat.Kind.PICTURE;
        List<OutputFormat> allowed = OutputFormat.of(kind);
        if (input.outputFormat().isEmpty()) {
            return allowed.stream()
                    .filter(format -> format.holds(size))
                    .findFirst()
                    .orElseThrow();
        }
        String given = input.outputFormat().get();
        Optional<OutputFormat> chosen =
                allowed.stream().filter(format -> format.isNamed(given)).findFirst();
        if (chosen.isEmpty()) {
            String names = allowed.stream().map(OutputFormat::extension).collect(Collectors.joining(", "));
            complain(
                    "output_format",
                    "output_format is '" + given + "', but must be one of " + names + " for " + model.name() + ".");
        } else if (!chosen.get().holds(size)) {
            complain(
                    "output_format",
                    "output_format is '" + given + "', but a " + kind.name().toLowerCase(Locale.ROOT) + " of " + size
                            + " cannot be such a file: it needs " + chosen.get().demand() + ".");
        }
        return chosen.orElse(allowed.getFirst());
    }

    private void refuse(String field) {
        complain(field, field + " was given, but " + model.name() + " makes pictures, not videos.");
    }

    private void complain(String field, String sentence) {
        complaints.add(INPUT + field, sentence);
    }
}
