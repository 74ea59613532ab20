/**
 * How far jobs are, for people who watch. Coalesced and lossy: engine threads leave the latest step in memory, the thread
 * {@code progress} carries it to Redis.
 */
package dev.genfleet.worker.progress;
