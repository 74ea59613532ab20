/**
 * Where generations got to, kept outside of the process so that another worker can go on from there. Lossy: a store that is away
 * costs steps, never a job, and nobody waits for it but a job that is put aside, and it only for moments. The threads {@code
 * checkpoints-redis} and {@code checkpoints-storage} write; everything else may be called on any thread and returns at once.
 */
package dev.genfleet.worker.checkpoint;
