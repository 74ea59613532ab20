package dev.genfleet.engine;

import dev.genfleet.job.Conditioning;
import dev.genfleet.job.GenerationSpec;
import dev.genfleet.job.GuidanceSpec;
import dev.genfleet.job.GuidanceSpec.Kind;
import dev.genfleet.job.ImageSize;
import dev.genfleet.job.OutputFormat;
import dev.genfleet.job.SamplerSpec;
import dev.genfleet.job.SamplerSpec.Scheduler;
import dev.genfleet.model.ModelConditioning;
import dev.genfleet.model.ModelManifest;
import dev.genfleet.model.NoiseSchedule;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A model of ten classes over latents of 4 × 4 × 4, and specs for it. */
final class Specs {

    static final String DIGEST = "sha256:0000";
    static final ImageSize SIZE = new ImageSize(8, 8);
    static final long NULL_CLASS = 10;

    private Specs() {}

    static ModelManifest manifest(String digest, Map<String, String> files, ImageSize size) {
        return new ModelManifest(
                1,
                "tiny",
                "dit",
                "default",
                digest,
                files,
                ModelManifest.Denoiser.ofClasses(
                        "transformer/model.onnx", "latents", "timesteps", "class_labels", "prediction", true),
                new NoiseSchedule(1000, 1e-4, 0.02),
                new ModelManifest.Latent(4, 2, 0.5),
                new ModelManifest.LatentDecoder("vae_decoder/model.onnx", "latents", "pixels"),
                new ModelConditioning.ClassLabels(
                        List.of("a", "b", "c", "d", "e", "f", "g", "h", "i", "j"), Optional.of((int) NULL_CLASS)),
                List.of(size),
                Optional.empty(),
                Optional.empty(),
                new ModelManifest.Defaults(new SamplerSpec(Scheduler.DDPM, 20, 0), new GuidanceSpec(Kind.CFG, 4)),
                new ModelManifest.Limits(100, 4, 10, List.of(Scheduler.DDPM, Scheduler.DDIM)));
    }

    static ModelManifest manifest() {
        return manifest(DIGEST, Map.of(), SIZE);
    }

    /** One unguided picture of class {@code label} in {@code steps} DDPM steps. */
    static GenerationSpec unguided(int label, int steps) {
        return spec(label, 1, new SamplerSpec(Scheduler.DDPM, steps, 0), new GuidanceSpec(Kind.NONE, 1));
    }

    /** One guided picture. */
    static GenerationSpec guided(int label, int steps) {
        return spec(label, 1, new SamplerSpec(Scheduler.DDPM, steps, 0), new GuidanceSpec(Kind.CFG_THREE_CHANNEL, 4));
    }

    static GenerationSpec spec(int label, int images, SamplerSpec sampler, GuidanceSpec guidance) {
        return new GenerationSpec(
                "tiny",
                DIGEST,
                new Conditioning.ClassLabel(label, "label " + label),
                SIZE,
                images,
                100L + label,
                sampler,
                guidance,
                OutputFormat.PNG);
    }

    static GenerationSpec of(ModelManifest manifest, GenerationSpec spec) {
        return new GenerationSpec(
                spec.model(),
                manifest.digest(),
                spec.conditioning(),
                manifest.sizes().getFirst(),
                spec.images(),
                spec.seed(),
                spec.sampler(),
                spec.guidance(),
                spec.outputFormat());
    }
}
