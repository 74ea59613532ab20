package dev.genfleet.importer;

/** Which halves of an autoencoder a package holds. */
public enum AutoencoderHalves {
    /** The decoder, which is all that the fleet needs. */
    DECODER,
    /** The encoder too, in {@code vae_encoder}, for programs that turn pictures into latents. */
    BOTH
}
