package dev.genfleet.engine.media;

import dev.genfleet.job.Conditioning;
import dev.genfleet.job.GenerationSpec;
import dev.genfleet.job.GuidanceSpec;
import dev.genfleet.job.SamplerSpec;
import dev.genfleet.job.TimestepSpacing;
import dev.genfleet.wire.Json;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * What a picture or video says about its making, without job id, attempt or time, so that equal specs give equal bytes.
 *
 * @param parameters for people: the prompt or label, then the settings, in the form that picture viewers know
 * @param genfleet JSON of the spec that gives this one again
 */
public record PictureText(String parameters, String genfleet) {

    private static final int SHORT_DIGEST = 12;

    /** The texts of output {@code index} of a spec. Its JSON asks for that one alone, with its own seed. */
    public static PictureText of(GenerationSpec spec, int index) {
        GenerationSpec alone = spec.alone(index);
        return new PictureText(parameters(alone), new String(Json.write(alone), StandardCharsets.UTF_8));
    }

    private static String parameters(GenerationSpec spec) {
        String subject =
                switch (spec.conditioning()) {
                    case Conditioning.ClassLabel label -> label.name();
                    case Conditioning.Caption caption ->
                        caption.negativePrompt().isEmpty()
                                ? caption.prompt()
                                : caption.prompt() + "\nNegative prompt: " + caption.negativePrompt();
                };
        String digest = spec.modelDigest().replaceFirst("^sha256:", "");
        String settings = String.format(
                Locale.ROOT,
                "%s\nSteps: %d, Sampler: %s, CFG scale: %s, Guidance: %s, Seed: %d, Size: %s, Model: %s, Model hash: %s",
                subject,
                spec.sampler().steps(),
                spec.sampler().scheduler().wireName(),
                spec.guidance().scale(),
                spec.guidance().kind().wireName(),
                spec.seed(),
                spec.size(),
                spec.model(),
                digest.substring(0, Math.min(SHORT_DIGEST, digest.length())));
        GuidanceSpec guidance = spec.guidance();
        SamplerSpec sampler = spec.sampler();
        return settings
                + guidance.motionScale()
                        .map(scale -> ", Motion scale: " + scale)
                        .orElse("")
                + guidance.rescale()
                        .map(rescale -> ", Guidance rescale: " + rescale)
                        .orElse("")
                + guidance.interval()
                        .map(part -> ", Guidance interval: " + part.start() + "-" + part.stop())
                        .orElse("")
                + sampler.timestepSpacing()
                        .map(spacing -> ", Timestep spacing: " + quoted(spacing))
                        .orElse("")
                + sampler.useKarrasSigmas()
                        .map(karras -> ", Karras sigmas: " + karras)
                        .orElse("")
                + spec.video()
                        .map(video -> ", Frames: " + video.numFrames() + ", FPS: " + video.fps())
                        .orElse("");
    }

    /** In quotes where it has commas, which else end a setting. */
    private static String quoted(TimestepSpacing spacing) {
        String text = spacing.toString();
        return text.contains(",") ? '"' + text + '"' : text;
    }
}
