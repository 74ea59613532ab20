/**
 * The sampling engine: takes generations, denoises them together step by step, and gives back pictures. No queue, no network.
 *
 * <p>Threads: {@code engine-<name>} owns the device's denoisers and every sample's latents; {@code text-<name>} encodes captions;
 * {@code decode-<name>-n} and {@code encode-<name>-n} make pixels and files, with a bounded queue before them; {@code load-<name>}
 * brings models and takes them away. Anyone may submit, cancel and suspend.
 *
 * <p>Who steps next, how many rows share a forward, and who is admitted: {@code adr/0002-who-steps-next.md}.
 */
package dev.genfleet.engine;
