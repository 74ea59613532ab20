package dev.genfleet.gateway.submission;

import dev.genfleet.job.Conditioning;
import dev.genfleet.job.GenerationSpec;
import dev.genfleet.job.GuidanceSpec;
import dev.genfleet.job.ImageSize;
import dev.genfleet.job.JobRequest.Input;
import dev.genfleet.job.OutputFormat;
import dev.genfleet.job.SamplerSpec;
import dev.genfleet.job.VideoSpec;
import dev.genfleet.model.ModelManifest;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;

/**
 * Checks a request's input against a model and fills every default. Each check complains and goes on, so that all that is wrong
 * is said at once. One request, one thread.
 */
final class ModelLimits {

    private static final String INPUT = "/input/";

    private final ModelManifest model;
    private final Complaints complaints;

    ModelLimits(ModelManifest model, Complaints complaints) {
        this.model = model;
        this.complaints = complaints;
    }

    /**
     * The complete spec.
     *
     * @param input what the caller gave
     * @param seeds drawn from when the caller gave no seed
     * @return the spec; empty when there were complaints
     */
    Optional<GenerationSpec> complete(Input input, LongSupplier seeds) {
        Optional<Conditioning> conditioning = new ConditioningLimits(model, complaints).conditioning(input);
        int images = images(input);
        ImageSize size = size(input);
        Optional<SamplerSpec> sampler = new SamplerLimits(model, complaints).sampler(input);
        GuidanceSpec guidance = new GuidanceLimits(model, complaints).guidance(input);
        VideoLimits videos = new VideoLimits(model, complaints);
        Optional<VideoSpec> video = videos.video(input);
        OutputFormat format = videos.format(input, size);
        long seed = seed(input, images, seeds);
        return complaints.all().isEmpty()
                ? conditioning.map(known -> new GenerationSpec(
                        model.name(),
                        model.digest(),
                        known,
                        size,
                        video,
                        images,
                        seed,
                        sampler.orElseThrow(),
                        guidance,
                        format))
                : Optional.empty();
    }

    private int images(Input input) {
        int images = input.images().orElse(1);
        int most = model.limits().maxImages();
        if (images > most) {
            complain("n", "n is " + images + ", but must be between 1 and " + most + " for " + model.name() + ".");
        }
        return images;
    }

    private ImageSize size(Input input) {
        ImageSize fallback = model.sizes().getFirst();
        ImageSize size = new ImageSize(
                input.width().orElse(fallback.width()), input.height().orElse(fallback.height()));
        if (!model.makes(size)) {
            String allowed = model.sizes().stream().map(ImageSize::toString).collect(Collectors.joining(", "))
                    + model.openSizes()
                            .map(open -> " and any multiples of " + open.multiple() + " up to " + open.maxSide())
                            .orElse("");
            complain(
                    input.width().isPresent() ? "width" : "height",
                    "width and height are " + size + ", but " + model.name() + " makes " + allowed + ".");
        }
        return size;
    }

    private long seed(Input input, int images, LongSupplier seeds) {
        long last = GenerationSpec.MAX_SEED - (images - 1);
        if (input.seed().filter(seed -> seed > last).isPresent()) {
            complain(
                    "seed",
                    "seed is " + input.seed().get() + ", but must be at most " + last + " for " + images
                            + (model.video().isPresent() ? " videos." : " pictures."));
        }
        return input.seed().orElseGet(seeds::getAsLong);
    }

    private void complain(String field, String sentence) {
        complaints.add(INPUT + field, sentence);
    }
}
