package dev.genfleet.job;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Objects;

/**
 * Everything that decides the bytes of the outputs, complete: the seed is chosen and every default filled. Made once when the
 * job is submitted; nothing later rereads or changes it. Two equal specs give equal pictures.
 *
 * @param model name of the model package
 * @param modelDigest digest of the package that the job was validated against, {@code sha256:…}
 * @param conditioning label or caption
 * @param size pixels of each picture
 * @param images number of pictures, from 1; picture {@code i} uses {@code seed + i}
 * @param seed seed of the first picture, 0 to 2^53 - 1 (exact in every JSON reader)
 * @param sampler noise scheduler and steps
 * @param guidance guidance kind and scale
 * @param outputFormat file format of each picture
 */
public record GenerationSpec(
        String model,
        String modelDigest,
        Conditioning conditioning,
        ImageSize size,
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
        if (images < 1) {
            throw new IllegalArgumentException("n is " + images + ", but must be at least 1");
        }
        if (seed < 0 || seed > MAX_SEED) {
            throw new IllegalArgumentException("seed is " + seed + ", but must be between 0 and " + MAX_SEED);
        }
    }

    /** Seed of picture {@code index}. */
    public long seedOf(int index) {
        return seed + index;
    }
}
