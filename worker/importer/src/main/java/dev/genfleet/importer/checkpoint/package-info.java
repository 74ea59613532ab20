/**
 * Checkpoints as published: which tensors a file holds and where their bytes lie. Reads headers only; weights stay in the file
 * until somebody asks for them. Whatever a file holds, reading it executes nothing, takes bounded memory and time, and ends in a
 * {@link dev.genfleet.importer.checkpoint.Checkpoint} or in one sentence. Immutable values, safe on any thread.
 */
package dev.genfleet.importer.checkpoint;
