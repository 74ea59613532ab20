/** The worker's connection to Redis, which may be missing at any time: then nothing waits, little is logged, and the rest goes on. */
package dev.genfleet.worker.redis;
