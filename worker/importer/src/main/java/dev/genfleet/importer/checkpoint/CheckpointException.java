package dev.genfleet.importer.checkpoint;

/**
 * A checkpoint, or a file beside it, that cannot be imported. The message is one sentence for people: it names the file, what
 * was expected and what was found.
 */
public final class CheckpointException extends Exception {

    private static final long serialVersionUID = 1L;

    public CheckpointException(String message) {
        super(message);
    }

    public CheckpointException(String message, Throwable cause) {
        super(message, cause);
    }
}
