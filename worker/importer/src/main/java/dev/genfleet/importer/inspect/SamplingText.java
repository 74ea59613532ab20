package dev.genfleet.importer.inspect;

import dev.genfleet.job.SamplerSpec;
import dev.genfleet.model.EffectiveSampler;
import dev.genfleet.model.ModelManifest;
import dev.genfleet.model.NoiseSchedule;
import java.math.BigDecimal;

/** What a package's process and sampler are, in words. */
final class SamplingText {

    private SamplingText() {}

    static String process(ModelManifest manifest) {
        NoiseSchedule process = manifest.noiseSchedule();
        String variance = manifest.denoiser().learnedSigma() ? ", variance learned" : "";
        if (process.flow()) {
            return process.trainSteps() + " steps of flow matching" + variance;
        }
        String betas =
                switch (process.betaSchedule()) {
                    case LINEAR -> " linear betas from " + range(process);
                    case SCALED_LINEAR -> " betas, whose square root is linear, from " + range(process);
                    case SQUAREDCOS_CAP_V2 -> " betas after a squared cosine";
                };
        return process.trainSteps()
                + (process.trainedBetas().isEmpty() ? betas : " betas of its own")
                + (process.endsInNoise() ? ", rescaled to end in nothing but noise" : "")
                + switch (process.predictionType()) {
                    case EPSILON, FLOW_PREDICTION -> "";
                    case SAMPLE -> ", predicting the latents without noise";
                    case V_PREDICTION -> ", predicting the velocity";
                }
                + variance;
    }

    /** The default scheduler with its spacing, where the package says one. */
    static String scheduler(ModelManifest manifest) {
        SamplerSpec spec = manifest.defaults().sampler();
        if (manifest.sampling().isEmpty() || manifest.noiseSchedule().flow()) {
            return spec.scheduler().wireName();
        }
        EffectiveSampler sampler = EffectiveSampler.of(manifest, spec);
        return spec.scheduler().wireName() + " with "
                + (sampler.useKarrasSigmas() ? "Karras' noise levels" : sampler.spacing() + " spacing");
    }

    private static String range(NoiseSchedule process) {
        return plain(process.betaStart()) + " to " + plain(process.betaEnd());
    }

    /** Digits without an exponent. */
    private static String plain(double number) {
        return BigDecimal.valueOf(number).stripTrailingZeros().toPlainString();
    }
}
