package dev.genfleet.model;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.genfleet.job.GuidanceSpec;
import dev.genfleet.job.ImageSize;
import dev.genfleet.job.SamplerSpec;
import dev.genfleet.sampling.Sampling;
import dev.genfleet.sampling.VarianceType;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * {@code model.json} of a model package, format 1.
 *
 * @param format version of this file's form
 * @param name what jobs call the model
 * @param family architecture, such as {@code dit}
 * @param pool class of device that serves it; decides the topics of its jobs
 * @param digest identity of the package, see {@link PackageDigest}
 * @param files every file of the package but this one: path relative to the package → SHA-256, hexadecimal
 * @param denoiser the ONNX graph that predicts noise
 * @param noiseSchedule the forward process that the denoiser was trained on
 * @param sampling how it is sampled; empty means as the official DiT is
 * @param latent what a latent looks like
 * @param latentDecoder the ONNX graph that turns latents into pixels
 * @param conditioning labels or captions
 * @param sizes picture sizes that jobs may ask for, the default first
 * @param openSizes sizes beyond these, where the model takes any
 * @param video of models that make videos; empty for models of single images
 * @param defaults what a job gets that does not say
 * @param limits what a job may ask for
 */
public record ModelManifest(
        int format,
        String name,
        String family,
        String pool,
        String digest,
        Map<String, String> files,
        Denoiser denoiser,
        NoiseSchedule noiseSchedule,
        Optional<Sampling> sampling,
        Latent latent,
        LatentDecoder latentDecoder,
        ModelConditioning conditioning,
        List<ImageSize> sizes,
        Optional<OpenSizes> openSizes,
        Optional<VideoShape> video,
        Defaults defaults,
        Limits limits) {

    /** The newest form of {@code model.json} that this program reads. */
    public static final int FORMAT = 1;

    public ModelManifest {
        if (format < 1 || format > FORMAT) {
            throw new IllegalArgumentException(
                    "format of model.json is " + format + ", but this program reads 1 to " + FORMAT);
        }
        required("name", name);
        required("family", family);
        required("pool", pool);
        required("digest", digest);
        required("files", files);
        required("denoiser", denoiser);
        required("noise_schedule", noiseSchedule);
        required("latent", latent);
        required("latent_decoder", latentDecoder);
        required("conditioning", conditioning);
        required("sizes", sizes);
        required("defaults", defaults);
        required("limits", limits);
        files = Map.copyOf(files);
        sizes = List.copyOf(sizes);
        sampling = orEmpty(sampling);
        openSizes = orEmpty(openSizes);
        video = orEmpty(video);
        requireConditioningInputs(name, denoiser, conditioning);
        if (defaults.guidance().kind() == GuidanceSpec.Kind.MOTION_FREE
                && denoiser.motion().isEmpty()) {
            throw new IllegalArgumentException(
                    "defaults.guidance of model.json of " + name + " is motion_free, but denoiser.motion is missing");
        }
        if (sampling.flatMap(Sampling::varianceType).equals(Optional.of(VarianceType.LEARNED_RANGE))
                && !denoiser.learnedSigma()) {
            throw new IllegalArgumentException("sampling.variance_type of model.json of " + name
                    + " is learned_range, but denoiser.learned_sigma is false");
        }
        if (sizes.isEmpty()) {
            throw new IllegalArgumentException("sizes of model " + name + " is empty, but must name at least one size");
        }
    }

    /** A package that is sampled as the official DiT is. */
    public ModelManifest(
            int format,
            String name,
            String family,
            String pool,
            String digest,
            Map<String, String> files,
            Denoiser denoiser,
            NoiseSchedule noiseSchedule,
            Latent latent,
            LatentDecoder latentDecoder,
            ModelConditioning conditioning,
            List<ImageSize> sizes,
            Optional<OpenSizes> openSizes,
            Optional<VideoShape> video,
            Defaults defaults,
            Limits limits) {
        this(
                format,
                name,
                family,
                pool,
                digest,
                files,
                denoiser,
                noiseSchedule,
                Optional.empty(),
                latent,
                latentDecoder,
                conditioning,
                sizes,
                openSizes,
                video,
                defaults,
                limits);
    }

    /** This manifest over these files, with the digest that follows from them and from everything else that it says. */
    public ModelManifest sealed(Map<String, String> sealedFiles) {
        ModelManifest open = with("", sealedFiles);
        return open.with(PackageDigest.of(open), sealedFiles);
    }

    /** This manifest, not sealed, with other latents. */
    public ModelManifest withLatent(Latent other) {
        return new ModelManifest(
                format,
                name,
                family,
                pool,
                digest,
                files,
                denoiser,
                noiseSchedule,
                other,
                latentDecoder,
                conditioning,
                sizes,
                openSizes,
                video,
                defaults,
                limits);
    }

    ModelManifest with(String otherDigest, Map<String, String> otherFiles) {
        return new ModelManifest(
                format,
                name,
                family,
                pool,
                otherDigest,
                otherFiles,
                denoiser,
                noiseSchedule,
                sampling,
                latent,
                latentDecoder,
                conditioning,
                sizes,
                openSizes,
                video,
                defaults,
                limits);
    }

    /** Name of each class; empty for models that are conditioned on captions. */
    public List<String> labels() {
        return conditioning instanceof ModelConditioning.ClassLabels classes ? classes.labels() : List.of();
    }

    /** The label of class {@code index}, when the labels know it. */
    public Optional<String> label(int index) {
        return index >= 0 && index < labels().size() ? Optional.of(labels().get(index)) : Optional.empty();
    }

    /** The class that means "no class", of class models that take guidance. */
    public Optional<Integer> nullClass() {
        return conditioning instanceof ModelConditioning.ClassLabels classes ? classes.nullClass() : Optional.empty();
    }

    /** Whether jobs can show small pictures of what is under way. */
    public boolean hasPreviews() {
        return latent.rgbFactors().isPresent() || latent.quickDecoding().orElse(false);
    }

    /** Whether pictures of that size are possible. */
    public boolean makes(ImageSize size) {
        return sizes.contains(size)
                || openSizes.filter(open -> open.allow(size)).isPresent();
    }

    /** Shape of one latent for a picture of {@code size}. */
    public LatentShape latentShape(ImageSize size) {
        return latentShape(size, 1);
    }

    /** Shape of one latent for a video of {@code frames} frames of {@code size}. */
    public LatentShape latentShape(ImageSize size, int frames) {
        return new LatentShape(
                latent.channels(), frames, size.height() / latent.downsampling(), size.width() / latent.downsampling());
    }

    private static void requireConditioningInputs(String name, Denoiser denoiser, ModelConditioning conditioning) {
        switch (conditioning) {
            case ModelConditioning.ClassLabels _ -> {
                if (denoiser.classLabels().isEmpty()) {
                    throw new IllegalArgumentException("denoiser.class_labels is missing in model.json of " + name
                            + ", which is conditioned on classes");
                }
            }
            case ModelConditioning.Captions captions -> {
                if (denoiser.text().size() != captions.textEncoders().size()) {
                    throw new IllegalArgumentException("denoiser.text of model.json of " + name + " has "
                            + denoiser.text().size() + " entries, but there are "
                            + captions.textEncoders().size() + " text encoders");
                }
            }
        }
    }

    private static <T> Optional<T> orEmpty(Optional<T> value) {
        return value == null ? Optional.empty() : value;
    }

    private static void required(String field, Object value) {
        if (value == null) {
            throw new IllegalArgumentException(field + " is missing in model.json");
        }
    }

    /**
     * The denoiser's graph. Latents are {@code [batch, channels, height, width]}, those of videos
     * {@code [batch, channels, frames, height, width]}; the output is shaped alike, with twice the channels where the variance was
     * learned. Everything is float unless said otherwise; a graph whose batch is a fixed number is run with padded rows.
     *
     * @param file path relative to the package
     * @param latents input name
     * @param timesteps input name: {@code [batch]}, float or int64 as the graph says; original training timesteps
     * @param classLabels input name: {@code [batch]} int64
     * @param text inputs of each text encoder, as many as the conditioning has
     * @param pooled input name: {@code [batch, width]}, the first text encoder's pooled vector
     * @param motion input name: {@code [batch]}, 1 where frames attend to each other, 0 where each attends to itself only
     * @param resolution input name: {@code [batch, 2]}, height and width of the picture in pixels
     * @param aspectRatio input name: {@code [batch, 1]}, height divided by width
     * @param output output name
     * @param learnedSigma whether the output's second half of channels is the learned variance
     */
    public record Denoiser(
            String file,
            String latents,
            String timesteps,
            Optional<String> classLabels,
            @JsonInclude(JsonInclude.Include.NON_EMPTY) List<TextInput> text,
            Optional<String> pooled,
            Optional<String> motion,
            Optional<String> resolution,
            Optional<String> aspectRatio,
            String output,
            boolean learnedSigma) {
        public Denoiser {
            required("denoiser.file", file);
            required("denoiser.latents", latents);
            required("denoiser.timesteps", timesteps);
            required("denoiser.output", output);
            classLabels = orEmpty(classLabels);
            text = text == null ? List.of() : List.copyOf(text);
            pooled = orEmpty(pooled);
            motion = orEmpty(motion);
            resolution = orEmpty(resolution);
            aspectRatio = orEmpty(aspectRatio);
        }

        /** A class-conditional denoiser of images. */
        public static Denoiser ofClasses(
                String file,
                String latents,
                String timesteps,
                String classLabels,
                String output,
                boolean learnedSigma) {
            return new Denoiser(
                    file,
                    latents,
                    timesteps,
                    Optional.of(classLabels),
                    List.of(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    output,
                    learnedSigma);
        }

        /** Names of all inputs. */
        public Set<String> inputs() {
            Set<String> names = new TreeSet<>(List.of(latents, timesteps));
            Stream.of(classLabels, pooled, motion, resolution, aspectRatio)
                    .flatMap(Optional::stream)
                    .forEach(names::add);
            for (TextInput input : text) {
                names.add(input.hiddenStates());
                input.attentionMask().ifPresent(names::add);
            }
            return names;
        }
    }

    /**
     * Where a denoiser takes the output of one text encoder.
     *
     * @param hiddenStates input name: {@code [batch, tokens, width]}
     * @param attentionMask input name: {@code [batch, tokens]} int64, 1 for tokens to attend to
     */
    public record TextInput(String hiddenStates, Optional<String> attentionMask) {
        public TextInput {
            required("denoiser.text.hidden_states", hiddenStates);
            attentionMask = orEmpty(attentionMask);
        }
    }

    /**
     * Geometry of latents.
     *
     * @param channels latent channels
     * @param downsampling pixels per latent cell along each side
     * @param scalingFactor latents are divided by it before decoding
     * @param rgbFactors colours of latents without decoding, for previews
     * @param quickDecoding whether decoding is so fast, next to a step, that previews may be decoded; absent means no
     */
    public record Latent(
            int channels,
            int downsampling,
            double scalingFactor,
            Optional<RgbFactors> rgbFactors,
            Optional<Boolean> quickDecoding) {
        public Latent {
            rgbFactors = orEmpty(rgbFactors);
            quickDecoding = orEmpty(quickDecoding);
            if (channels < 1 || downsampling < 1 || !(scalingFactor > 0)) {
                throw new IllegalArgumentException("latent has channels " + channels + ", downsampling " + downsampling
                        + " and scaling_factor " + scalingFactor + ", but all must be positive");
            }
            int weights = rgbFactors.map(factors -> factors.weights().size()).orElse(channels);
            if (weights != channels) {
                throw new IllegalArgumentException("latent.rgb_factors of model.json are of " + weights
                        + " channels, but latents have " + channels);
            }
        }

        /** Latents of models without previews. */
        public Latent(int channels, int downsampling, double scalingFactor) {
            this(channels, downsampling, scalingFactor, Optional.empty(), Optional.empty());
        }
    }

    /**
     * The decoder's graph: latents {@code [batch, channels, height, width]} (already divided by the scaling factor) to pixels
     * {@code [batch, 3, H, W]}, about -1 to 1.
     *
     * @param file path relative to the package
     * @param input input name
     * @param output output name
     * @param tiling of large latents; empty where all are decoded whole
     */
    public record LatentDecoder(String file, String input, String output, Optional<DecodeTiling> tiling) {
        public LatentDecoder {
            required("latent_decoder.file", file);
            required("latent_decoder.input", input);
            required("latent_decoder.output", output);
            tiling = orEmpty(tiling);
        }

        /** A decoder of whole latents. */
        public LatentDecoder(String file, String input, String output) {
            this(file, input, output, Optional.empty());
        }
    }

    /**
     * What a job gets that does not say.
     *
     * @param sampler noise scheduler, steps, eta
     * @param guidance kind and scale
     */
    public record Defaults(SamplerSpec sampler, GuidanceSpec guidance) {
        public Defaults {
            required("defaults.sampler", sampler);
            required("defaults.guidance", guidance);
        }
    }

    /**
     * What a job may ask for.
     *
     * @param maxSteps most denoising steps
     * @param maxImages most pictures of one job
     * @param maxGuidanceScale largest guidance scale
     * @param schedulers noise schedulers
     */
    public record Limits(int maxSteps, int maxImages, double maxGuidanceScale, List<SamplerSpec.Scheduler> schedulers) {
        public Limits {
            schedulers = List.copyOf(schedulers);
            if (maxSteps < 1 || maxImages < 1 || !(maxGuidanceScale >= 1) || schedulers.isEmpty()) {
                throw new IllegalArgumentException(
                        "limits of model.json must allow at least 1 step, 1 image, scale 1 and"
                                + " one scheduler, but are " + maxSteps + ", " + maxImages + ", " + maxGuidanceScale
                                + ", "
                                + schedulers);
            }
        }
    }
}
