package dev.genfleet.cli;

/** A command could not do its work; the message is the sentence that the user gets. */
final class CommandFailure extends Exception {

    CommandFailure(String message) {
        super(message);
    }

    CommandFailure(String message, Throwable cause) {
        super(message, cause);
    }
}
