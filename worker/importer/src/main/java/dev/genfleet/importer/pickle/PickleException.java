package dev.genfleet.importer.pickle;

/** Bytes that are no pickle of the supported form. The message continues a sentence that begins with the file's name. */
public final class PickleException extends Exception {

    private static final long serialVersionUID = 1L;

    PickleException(String message) {
        super(message);
    }
}
