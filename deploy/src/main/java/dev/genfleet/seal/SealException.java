package dev.genfleet.seal;

/** A package that cannot be sealed. The message is for people: a sentence for each mistake, one a line. */
public final class SealException extends Exception {

    private static final long serialVersionUID = 1L;

    SealException(String message) {
        super(message);
    }

    SealException(String message, Throwable cause) {
        super(message, cause);
    }
}
