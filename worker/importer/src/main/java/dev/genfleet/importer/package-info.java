/**
 * Turns published checkpoints into model packages that the fleet serves: ONNX graphs written in Java whose weights stay in the
 * checkpoint's own file. Runs on the caller's thread and keeps nothing.
 */
package dev.genfleet.importer;
