package dev.genfleet.engine.onnx;

import dev.genfleet.engine.fault.EngineException;
import dev.genfleet.engine.pack.ModelPackage;
import dev.genfleet.job.GuidanceSpec;
import dev.genfleet.job.ImageSize;
import dev.genfleet.job.SamplerSpec;
import dev.genfleet.model.ModelConditioning;
import dev.genfleet.model.ModelManifest;
import dev.genfleet.model.NoiseSchedule;
import dev.genfleet.model.PackageDigest;
import dev.genfleet.wire.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A package around {@link TinyModel}. */
public final class TinyPackage {

    private static final List<String> LABELS = List.of("a", "b", "c", "d", "e", "f", "g", "h", "i", "j");

    private TinyPackage() {}

    /** Writes a package into {@code folder} and reads it back. */
    public static ModelPackage write(Path folder, int width, int heads, int blocks)
            throws IOException, EngineException {
        return write(folder, "tiny", width, heads, blocks);
    }

    /** The same under another name. */
    public static ModelPackage write(Path folder, String name, int width, int heads, int blocks)
            throws IOException, EngineException {
        TinyModel.writeDenoiser(folder.resolve("transformer/model.onnx"), width, heads, blocks);
        TinyModel.writeDecoder(folder.resolve("vae_decoder/model.onnx"));
        return seal(folder, name);
    }

    /** Writes the manifest of the files that are there, and reads the package back. */
    public static ModelPackage seal(Path folder) throws IOException, EngineException {
        return seal(folder, "tiny");
    }

    /** The same under another name. */
    public static ModelPackage seal(Path folder, String name) throws IOException, EngineException {
        Map<String, String> files = PackageDigest.hashFiles(folder);
        Files.write(
                folder.resolve(PackageDigest.MANIFEST_FILE),
                Json.write(manifest(name).sealed(files)));
        return ModelPackage.load(folder);
    }

    private static ModelManifest manifest(String name) {
        return new ModelManifest(
                1,
                name,
                "dit",
                "default",
                "",
                Map.of(),
                ModelManifest.Denoiser.ofClasses(
                        "transformer/model.onnx", "latents", "timesteps", "class_labels", "prediction", true),
                new NoiseSchedule(1000, 1e-4, 0.02),
                new ModelManifest.Latent(4, 2, 0.5),
                new ModelManifest.LatentDecoder("vae_decoder/model.onnx", "latents", "pixels"),
                new ModelConditioning.ClassLabels(LABELS, Optional.of(LABELS.size())),
                List.of(new ImageSize(16, 16)),
                Optional.empty(),
                Optional.empty(),
                new ModelManifest.Defaults(
                        new SamplerSpec(SamplerSpec.Scheduler.DDPM, 20, 0), new GuidanceSpec(GuidanceSpec.Kind.CFG, 4)),
                new ModelManifest.Limits(100, 4, 10, List.of(SamplerSpec.Scheduler.DDPM, SamplerSpec.Scheduler.DDIM)));
    }
}
