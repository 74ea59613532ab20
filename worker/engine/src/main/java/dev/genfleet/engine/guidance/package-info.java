/** Guidance: which branches of a sample are predicted, and how they are combined. Immutable, safe on any thread. */
package dev.genfleet.engine.guidance;
