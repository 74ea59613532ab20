/** Messages to all workers. Every worker reads the whole control topic from where it ends when the worker starts, on its thread {@code control}. */
package dev.genfleet.worker.control;
