/** The encoder and the decoder of KL autoencoders as latent diffusion uses them. Stateless, safe on any thread. */
package dev.genfleet.importer.autoencoder;
