package dev.genfleet.importer.family;

import dev.genfleet.model.ModelManifest;
import java.util.Optional;

/**
 * A network that predicts the noise in latents. Its graph's inputs and outputs carry the names of {@link DenoiserTensors}; those
 * of images have latents {@code [batch, channels, height, width]}, those of videos {@code [batch, channels, frames, height,
 * width]}.
 */
public interface DenoiserArchitecture extends Architecture {

    /** Channels of a latent. */
    int channels();

    /** Latent sizes that the graph takes. */
    LatentSizes sizes();

    /** What it is conditioned on. */
    Conditioned conditioned();

    /** Frames of a video model, empty for models of single images. */
    default Optional<Frames> frames() {
        return Optional.empty();
    }

    /** How it is sampled unless somebody says otherwise. */
    default UsualSampling sampling() {
        return switch (conditioned()) {
            case Conditioned.OnClasses classes ->
                classes.nullClass().isPresent() ? UsualSampling.ofClasses() : UsualSampling.unguided();
            case Conditioned.OnCaptions _ -> UsualSampling.ofCaptions(7.5);
        };
    }

    /** Inputs and outputs for the manifest. */
    ModelManifest.Denoiser signature(String file);
}
