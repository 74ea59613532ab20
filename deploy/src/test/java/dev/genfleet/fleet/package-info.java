/** Guarantees of the whole fleet, shown on real parts: one local stack for all tests, started from the built programs. */
package dev.genfleet.fleet;
