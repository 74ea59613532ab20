/**
 * What the worker tells Kafka: events of jobs, dead letters, and records written anew. One producer with {@code acks=all}, driven
 * by the thread {@code events}, so that nobody else ever waits in {@code send}.
 */
package dev.genfleet.worker.events;
