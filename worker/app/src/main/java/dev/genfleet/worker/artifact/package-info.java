/**
 * Storing pictures. The threads {@code upload-n} own all of it; the engine's decode thread only leaves pictures in a bounded queue.
 */
package dev.genfleet.worker.artifact;
