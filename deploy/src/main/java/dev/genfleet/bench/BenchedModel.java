package dev.genfleet.bench;

import dev.genfleet.engine.pack.ModelPackages;
import dev.genfleet.importer.ImportRequest;
import dev.genfleet.importer.ModelImporter;
import dev.genfleet.importer.census.GraphCensus;
import dev.genfleet.importer.precision.Precision;
import dev.genfleet.job.Conditioning;
import dev.genfleet.job.GenerationSpec;
import dev.genfleet.job.GuidanceSpec;
import dev.genfleet.job.OutputFormat;
import dev.genfleet.job.SamplerSpec;
import dev.genfleet.local.Installation;
import dev.genfleet.local.SampleModel;
import dev.genfleet.local.StackException;
import dev.genfleet.model.LatentShape;
import dev.genfleet.model.ModelManifest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A model to measure, alone in its models folder.
 *
 * @param packages the folder's packages, which are one
 */
record BenchedModel(ModelPackages packages) {

    private static final double GUIDANCE_SCALE = 4;

    /**
     * Makes the package.
     *
     * @param name of a {@link RandomDit}, or of a sample model
     * @param folder keeps checkpoint and package
     */
    static BenchedModel make(String name, Precision precision, Path folder) throws Exception {
        Path models = folder.resolve("models-" + precision.name().toLowerCase(Locale.ROOT));
        Path target = models.resolve(name);
        if (!Files.exists(target.resolve("model.json"))) {
            Optional<RandomDit> dit = RandomDit.named(name);
            if (dit.isPresent()) {
                dit.get().importTo(target, dit.get().checkpoint(folder), precision);
            } else {
                requireSample(name);
                Path samples = Installation.ofThisProgram().samples();
                Files.createDirectories(models);
                ModelImporter.run(ImportRequest.of(
                        samples.resolve(name), samples.resolve(SampleModel.AUTOENCODER), target, name));
            }
        }
        return new BenchedModel(ModelPackages.load(models));
    }

    private static void requireSample(String name) throws StackException {
        Path samples = Installation.ofThisProgram().samples();
        if (!Files.exists(samples.resolve(name).resolve("labels.json"))) {
            throw new IllegalArgumentException("--model is '" + name
                    + "', but must be dit-s2, dit-xl2, dit-xl2-512 or a sample model of classes such as shapes-dit");
        }
    }

    ModelManifest manifest() {
        return packages.packages().getFirst().manifest();
    }

    /** One guided picture of deterministic DDIM. */
    GenerationSpec spec(int number, int steps) {
        ModelManifest manifest = manifest();
        int label = number % manifest.labels().size();
        return new GenerationSpec(
                manifest.name(),
                manifest.digest(),
                new Conditioning.ClassLabel(label, manifest.labels().get(label)),
                manifest.sizes().getFirst(),
                1,
                number,
                new SamplerSpec(SamplerSpec.Scheduler.DDIM, steps, 0),
                new GuidanceSpec(GuidanceSpec.Kind.CFG, GUIDANCE_SCALE),
                OutputFormat.PNG);
    }

    /** Multiply-accumulates of one row of a forward. */
    long macsOfRow() throws Exception {
        LatentShape shape = manifest().latentShape(manifest().sizes().getFirst());
        return GraphCensus.of(
                        packages.packages()
                                .getFirst()
                                .file(manifest().denoiser().file()),
                        Map.of("batch", 1L, "height", (long) shape.height(), "width", (long) shape.width()))
                .macs()
                .total();
    }
}
