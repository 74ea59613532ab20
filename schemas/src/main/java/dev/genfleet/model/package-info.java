/**
 * The manifest of a model package ({@code model.json}): what the gateway validates against and what a worker needs to run the
 * package. Immutable values, safe on any thread.
 */
package dev.genfleet.model;
