/**
 * What happened to a job, in order of the topic {@code generation-events}. Immutable values, safe on any thread.
 */
package dev.genfleet.event;
