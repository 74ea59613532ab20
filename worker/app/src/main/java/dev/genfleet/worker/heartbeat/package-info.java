/** The worker's sign of life in Redis, written by the thread {@code heartbeat}; it disappears by itself soon after the worker. */
package dev.genfleet.worker.heartbeat;
