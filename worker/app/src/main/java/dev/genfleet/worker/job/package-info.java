/**
 * What a worker does with a job, from taking its record to the word on what becomes of it. {@link dev.genfleet.worker.job.JobRunner}
 * runs on the slots' threads; a {@link dev.genfleet.worker.job.JobAttempt} is told by the engine's threads, the upload threads and
 * the producer's thread, and never blocks any of them.
 */
package dev.genfleet.worker.job;
