/**
 * Checkpoints as published: which tensors a file holds and where their bytes lie. Reads headers only; weights stay in the file
 * until somebody asks for them. Immutable values, safe on any thread.
 */
package dev.genfleet.importer.checkpoint;
