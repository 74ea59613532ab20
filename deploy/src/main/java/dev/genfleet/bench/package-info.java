/**
 * {@code genfleet bench}: what the fleet costs over a bare ONNX Runtime loop, how soon a job starts, and what importing and
 * running a model of a real size takes. Prints figures of one run. Owned by the command line's main thread.
 */
package dev.genfleet.bench;
