package dev.genfleet.job;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Objects;
import java.util.Optional;

/**
 * Everything that decides the bytes of the outputs, complete: the seed is chosen and every default filled. Made once when the
 * job is submitted; nothing later rereads or changes it. Two equal specs give equal pictures, and equal videos.
 *
 * @param model name of the model package
 * @param modelDigest digest of the package that the job was validated against, {@code sha256:…}
 * @param conditioning label or caption
 * @param size pixels of each picture
 * @param video of videos: their length and speed; empty for pictures
 * @param images number of pictures or videos, from 1; number {@code i} uses {@code seed + i}
 * @param seed seed of the first picture, 0 to 2^53 - 1 (exact in every JSON reader)
 * @param sampler noise scheduler and steps
 * @param guidance guidance kind and scale
 * @param outputFormat file format of each picture or video
 */
public record GenerationSpec(
        String model,
        String modelDigest,
        Conditioning conditioning,
        ImageSize size,
        Optional<VideoSpec> video,
        @JsonProperty("n") int images,
        long seed,
        SamplerSpec sampler,
        GuidanceSpec guidance,
        OutputFormat outputFormat) {

    /** Largest seed of a spec. */
    public static final long MAX_SEED = (1L << 53) - 1;

    public GenerationSpec {
        Objects.requireNonNull(model, "model");
        Objects.requireNonNull(modelDigest, "model_digest");
        Objects.requireNonNull(conditioning, "conditioning");
        Objects.requireNonNull(size, "size");
        Objects.requireNonNull(sampler, "sampler");
        Objects.requireNonNull(guidance, "guidance");
        Objects.requireNonNull(outputFormat, "output_format");
        video = video == null ? Optional.empty() : video;
        if (!outputFormat.holds(video.isPresent() ? OutputFormat.Kind.VIDEO : OutputFormat.Kind.PICTURE)) {
            throw new IllegalArgumentException("output_format is " + outputFormat.extension() + ", but a "
                    + (video.isPresent() ? "video" : "picture") + " cannot be such a file");
        }
        if (images < 1) {
            throw new IllegalArgumentException("n is " + images + ", but must be at least 1");
        }
        if (seed < 0 || seed > MAX_SEED) {
            throw new IllegalArgumentException("seed is " + seed + ", but must be between 0 and " + MAX_SEED);
        }
    }

    /** A spec of pictures. */
    public GenerationSpec(
            String model,
            String modelDigest,
            Conditioning conditioning,
            ImageSize size,
            int images,
            long seed,
            SamplerSpec sampler,
            GuidanceSpec guidance,
            OutputFormat outputFormat) {
        this(model, modelDigest, conditioning, size, Optional.empty(), images, seed, sampler, guidance, outputFormat);
    }

    /** The spec that gives output {@code index} alone. */
    public GenerationSpec alone(int index) {
        return new GenerationSpec(
                model, modelDigest, conditioning, size, video, 1, seedOf(index), sampler, guidance, outputFormat);
    }

    /** Seed of picture {@code index}. */
    public long seedOf(int index) {
        return seed + index;
    }
}
