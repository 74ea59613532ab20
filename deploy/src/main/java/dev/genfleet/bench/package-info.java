/**
 * {@code genfleet bench}: what the fleet costs over a bare ONNX Runtime loop, and how soon a job starts. Prints ratios of
 * one run. Owned by the command line's main thread.
 */
package dev.genfleet.bench;
