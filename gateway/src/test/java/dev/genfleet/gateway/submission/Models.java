package dev.genfleet.gateway.submission;

import dev.genfleet.job.GuidanceSpec;
import dev.genfleet.job.ImageSize;
import dev.genfleet.job.SamplerSpec;
import dev.genfleet.model.BetaSchedule;
import dev.genfleet.model.ModelConditioning;
import dev.genfleet.model.ModelManifest;
import dev.genfleet.model.NoiseSchedule;
import dev.genfleet.model.OpenSizes;
import dev.genfleet.model.PredictionType;
import dev.genfleet.model.VideoShape;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Models for tests. */
final class Models {

    private Models() {}

    static ModelManifest shapes() {
        return new ModelManifest(
                1,
                "shapes-dit",
                "dit",
                "default",
                "sha256:00",
                Map.of(),
                ModelManifest.Denoiser.ofClasses("t.onnx", "latents", "timesteps", "class_labels", "prediction", true),
                new NoiseSchedule(1000, 1e-4, 0.02),
                new ModelManifest.Latent(4, 8, 0.2),
                new ModelManifest.LatentDecoder("v.onnx", "latents", "pixels"),
                new ModelConditioning.ClassLabels(List.of("red circle", "red square"), Optional.of(2)),
                List.of(new ImageSize(64, 64), new ImageSize(96, 64)),
                Optional.empty(),
                Optional.empty(),
                new ModelManifest.Defaults(
                        new SamplerSpec(SamplerSpec.Scheduler.DDPM, 50, 0), new GuidanceSpec(GuidanceSpec.Kind.CFG, 4)),
                new ModelManifest.Limits(250, 4, 20, List.of(SamplerSpec.Scheduler.DDPM, SamplerSpec.Scheduler.DDIM)));
    }

    /** As {@link #shapes}, with that guidance by default; without a null class where it is none. */
    static ModelManifest guided(GuidanceSpec guidance) {
        ModelManifest shapes = shapes();
        return new ModelManifest(
                1,
                "guided",
                "dit",
                "default",
                "sha256:03",
                Map.of(),
                shapes.denoiser(),
                shapes.noiseSchedule(),
                shapes.latent(),
                shapes.latentDecoder(),
                new ModelConditioning.ClassLabels(
                        shapes.labels(),
                        guidance.kind() == GuidanceSpec.Kind.NONE ? Optional.empty() : shapes.nullClass()),
                shapes.sizes(),
                Optional.empty(),
                Optional.empty(),
                new ModelManifest.Defaults(shapes.defaults().sampler(), guidance),
                shapes.limits());
    }

    /** The shapes with another process, up to every training step and with every scheduler. */
    static ModelManifest sampledBy(NoiseSchedule process) {
        ModelManifest shapes = shapes();
        return new ModelManifest(
                1,
                shapes.name(),
                shapes.family(),
                shapes.pool(),
                shapes.digest(),
                Map.of(),
                shapes.denoiser(),
                process,
                shapes.latent(),
                shapes.latentDecoder(),
                shapes.conditioning(),
                shapes.sizes(),
                Optional.empty(),
                Optional.empty(),
                shapes.defaults(),
                new ModelManifest.Limits(1000, 4, 20, List.of(SamplerSpec.Scheduler.values())));
    }

    static NoiseSchedule process(PredictionType prediction, boolean zeroSnr) {
        return new NoiseSchedule(1000, 1e-4, 0.02, BetaSchedule.LINEAR, List.of(), prediction, Optional.of(zeroSnr));
    }

    /** Conditioned on captions, of any size. */
    static ModelManifest captions() {
        ModelManifest shapes = shapes();
        return new ModelManifest(
                1,
                "captions",
                "pixart",
                "default",
                "sha256:01",
                Map.of(),
                new ModelManifest.Denoiser(
                        "t.onnx",
                        "latents",
                        "timesteps",
                        Optional.empty(),
                        List.of(new ModelManifest.TextInput("encoder_hidden_states", Optional.empty())),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        "prediction",
                        true),
                shapes.noiseSchedule(),
                shapes.latent(),
                shapes.latentDecoder(),
                new ModelConditioning.Captions(
                        List.of(new ModelConditioning.TextEncoder(
                                "e.onnx",
                                "tokenizer.json",
                                120,
                                0,
                                4096,
                                "input_ids",
                                Optional.empty(),
                                "last_hidden_state",
                                Optional.empty())),
                        ModelConditioning.NullText.EMPTY_CAPTION),
                List.of(new ImageSize(64, 64)),
                Optional.of(new OpenSizes(16, 512)),
                Optional.empty(),
                shapes.defaults(),
                shapes.limits());
    }

    /** As {@link #captions}, of videos; its denoiser knows motion where it has an input for it. */
    static ModelManifest videos(Optional<String> motionInput) {
        ModelManifest captions = captions();
        return new ModelManifest(
                1,
                "videos",
                "gentron",
                "default",
                "sha256:02",
                Map.of(),
                new ModelManifest.Denoiser(
                        "t.onnx",
                        "latents",
                        "timesteps",
                        Optional.empty(),
                        captions.denoiser().text(),
                        Optional.empty(),
                        motionInput,
                        Optional.empty(),
                        Optional.empty(),
                        "prediction",
                        true),
                captions.noiseSchedule(),
                captions.latent(),
                captions.latentDecoder(),
                captions.conditioning(),
                List.of(new ImageSize(64, 64), new ImageSize(33, 64)),
                Optional.empty(),
                Optional.of(new VideoShape(8, 16, 4)),
                captions.defaults(),
                captions.limits());
    }
}
