package dev.genfleet.importer.checkpoint;

/** Finds a storage's bytes. */
@FunctionalInterface
interface TorchPlaces {

    /**
     * The storage's first byte, counted from the start of the file; all its bytes follow there.
     *
     * @throws CheckpointException when the file does not hold it, or not all of it; the sentence begins with the tensor's name
     */
    long find(String tensor, TorchStorage storage) throws CheckpointException;
}
