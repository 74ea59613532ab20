/**
 * The device behind ONNX Runtime; the only package that knows its types. A denoiser belongs to the engine's thread, a latent
 * decoder is shared by the decode threads.
 */
package dev.genfleet.engine.onnx;
