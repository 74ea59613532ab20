/**
 * The sampling engine: takes generations, denoises them together step by step, and gives back pictures. No queue, no network.
 *
 * <p>Threads: {@code engine-<name>} owns the device's denoisers and every sample's latents; {@code text-<name>} encodes captions;
 * {@code decode-<name>-n} own decoding and encoding, with a bounded queue before them; {@code load-<name>} brings models and takes
 * them away. Anyone may submit and cancel.
 */
package dev.genfleet.engine;
