package dev.genfleet.gateway.catalog;

import dev.genfleet.job.GuidanceInterval;
import dev.genfleet.job.GuidanceSpec;
import dev.genfleet.job.ImageSize;
import dev.genfleet.job.OutputFormat;
import dev.genfleet.job.SamplerSpec;
import dev.genfleet.job.TimestepSpacing;
import dev.genfleet.model.ModelManifest;
import dev.genfleet.model.VideoShape;
import java.util.List;
import java.util.Optional;

/**
 * A model as callers see it.
 *
 * @param id name that jobs use
 * @param object always {@code model}
 * @param family architecture
 * @param digest digest of the package
 * @param pool class of device that serves it
 * @param sizes picture sizes, the default first
 * @param video what videos it makes; absent for models of pictures
 * @param labels names of the classes, by number
 * @param defaults what a job gets that does not say
 * @param limits what a job may ask for
 * @param outputFormats file formats of its outputs, the usual one first
 * @param previews whether jobs may ask for previews
 * @param workers ids of the workers that have it loaded
 * @param loaded where it is loaded, device by device
 * @param loadable ids of the workers that have not, but load it when a job comes
 */
record ModelDocument(
        String id,
        String object,
        String name,
        String family,
        String digest,
        String pool,
        List<ImageSize> sizes,
        Optional<VideoShape> video,
        List<String> labels,
        Defaults defaults,
        ModelManifest.Limits limits,
        List<OutputFormat> outputFormats,
        boolean previews,
        List<String> workers,
        List<LoadedModels.Place> loaded,
        List<String> loadable) {

    static ModelDocument of(ModelManifest manifest, List<LoadedModels.Heartbeat> workers) {
        return new ModelDocument(
                manifest.name(),
                "model",
                manifest.name(),
                manifest.family(),
                manifest.digest(),
                manifest.pool(),
                manifest.sizes(),
                manifest.video(),
                manifest.labels(),
                Defaults.of(manifest),
                manifest.limits(),
                OutputFormat.of(manifest.video().isPresent() ? OutputFormat.Kind.VIDEO : OutputFormat.Kind.PICTURE),
                manifest.hasPreviews(),
                workers.stream()
                        .filter(worker -> worker.has(manifest.name(), manifest.digest()))
                        .map(LoadedModels.Heartbeat::id)
                        .toList(),
                workers.stream()
                        .flatMap(worker -> worker.places(manifest.name(), manifest.digest()).stream())
                        .toList(),
                workers.stream()
                        .filter(worker -> worker.loadsOnDemand(manifest.name(), manifest.digest()))
                        .map(LoadedModels.Heartbeat::id)
                        .toList());
    }

    /**
     * Defaults by the names of a job's input.
     *
     * @param width pixels
     * @param height pixels
     * @param scheduler noise scheduler
     * @param numInferenceSteps denoising steps
     * @param eta DDIM's stochasticity
     * @param timestepSpacing which training steps are visited
     * @param useKarrasSigmas whether noise levels are spaced as by Karras et al. 2022
     * @param guidanceScale guidance scale
     * @param motionGuidanceScale scale of what motion adds
     * @param guidanceRescale how far guided predictions are brought back to the conditional ones' deviation
     * @param guidanceInterval the part of the steps that is guided
     */
    record Defaults(
            int width,
            int height,
            SamplerSpec.Scheduler scheduler,
            int numInferenceSteps,
            double eta,
            Optional<String> timestepSpacing,
            Optional<Boolean> useKarrasSigmas,
            double guidanceScale,
            Optional<Double> motionGuidanceScale,
            Optional<Double> guidanceRescale,
            Optional<List<Double>> guidanceInterval) {
        static Defaults of(ModelManifest manifest) {
            SamplerSpec sampler = manifest.defaults().sampler();
            GuidanceSpec guidance = manifest.defaults().guidance();
            return new Defaults(
                    manifest.sizes().getFirst().width(),
                    manifest.sizes().getFirst().height(),
                    sampler.scheduler(),
                    sampler.steps(),
                    sampler.eta(),
                    sampler.timestepSpacing().map(TimestepSpacing::toString),
                    sampler.useKarrasSigmas(),
                    guidance.scale(),
                    guidance.motionScale(),
                    guidance.rescale(),
                    guidance.interval().map(GuidanceInterval::bounds));
        }
    }
}
