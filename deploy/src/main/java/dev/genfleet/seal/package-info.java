/**
 * Completes model packages that people wrote by hand around graphs of their own: looks at every graph in a real session, then
 * writes hashes and digest into {@code model.json}. Runs on the caller's thread.
 */
package dev.genfleet.seal;
