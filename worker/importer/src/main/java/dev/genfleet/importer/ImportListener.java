package dev.genfleet.importer;

/** Hears how an import goes on. Called on the importing threads, one call at a time. */
public interface ImportListener {

    /** Listens to nothing. */
    ImportListener NONE = new ImportListener() {};

    /** A work of its own begins, such as {@code checking transformer}. */
    default void began(String what) {}

    /**
     * So much is done of what takes long for large files.
     *
     * @param what such as {@code hashing}
     * @param done bytes
     * @param total bytes
     */
    default void progressed(String what, long done, long total) {}

    /** Something is odd, but no reason to stop; one sentence. */
    default void warned(String sentence) {}
}
