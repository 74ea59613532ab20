/** How the engine says what went wrong. Immutable values, safe on any thread. */
package dev.genfleet.engine.fault;
