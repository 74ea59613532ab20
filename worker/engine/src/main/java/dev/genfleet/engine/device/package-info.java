/**
 * What the engine asks of a device: a denoiser and a latent decoder per model, behind interfaces that name no runtime. The
 * engine's thread owns denoisers and forward passes; decode threads share the decoder.
 */
package dev.genfleet.engine.device;
