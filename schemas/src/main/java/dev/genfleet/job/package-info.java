/**
 * What a job is: the caller's request, the complete {@link dev.genfleet.job.GenerationSpec} made from it once at the edge, and
 * the {@link dev.genfleet.job.QueuedJob} that waits in Kafka. Immutable values, safe on any thread.
 */
package dev.genfleet.job;
