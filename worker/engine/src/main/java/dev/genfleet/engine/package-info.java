/**
 * The sampling engine: takes generations, denoises them together step by step, and gives back pictures. No queue, no network.
 *
 * <p>Threads: {@code engine-<device>} owns the device's denoisers and every sample's latents; {@code decode-<device>-n} own
 * decoding and encoding; a bounded queue lies between them. Anyone may submit and cancel.
 *
 * <p>Who steps next, how many rows share a forward, and who is admitted: {@code adr/0002-who-steps-next.md}.
 */
package dev.genfleet.engine;
