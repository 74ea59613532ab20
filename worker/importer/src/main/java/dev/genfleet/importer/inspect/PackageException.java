package dev.genfleet.importer.inspect;

/** A folder that is no model package; the message is one sentence that says why. */
public final class PackageException extends Exception {

    private static final long serialVersionUID = 1L;

    public PackageException(String message) {
        super(message);
    }

    public PackageException(String message, Throwable cause) {
        super(message, cause);
    }
}
