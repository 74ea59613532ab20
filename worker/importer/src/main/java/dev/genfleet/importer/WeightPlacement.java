package dev.genfleet.importer;

/**
 * How a package comes by its checkpoint's bytes. ONNX Runtime refuses external data outside the model's folder, also through a
 * symbolic link, so a package has them in its own folder either way.
 */
public enum WeightPlacement {
    /** A hard link where the file systems allow it, otherwise a copy: nothing is written twice. */
    LINK,
    /** A copy: the package outlives whatever happens to the checkpoint. */
    COPY
}
