/**
 * Python's pickle format as data: what a pickle describes, never what it would do. No class is looked up and nothing is called;
 * a callable is its name. Memory and time are bounded by {@link dev.genfleet.importer.pickle.Unpickler}'s limits, whatever the
 * bytes are. Knows nothing of tensors or files; safe on any thread.
 */
package dev.genfleet.importer.pickle;
