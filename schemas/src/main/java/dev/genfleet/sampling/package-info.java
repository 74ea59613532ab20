/** How a model package is sampled, beyond what jobs say: records of {@code sampling} in {@code model.json}. Immutable, any thread. */
package dev.genfleet.sampling;
