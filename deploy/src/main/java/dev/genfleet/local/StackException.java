package dev.genfleet.local;

/** The local stack could not be started, found or stopped. The message is a sentence for people and says where the logs are. */
public sealed class StackException extends Exception permits PortTakenException {

    public StackException(String message) {
        super(message);
    }

    public StackException(String message, Throwable cause) {
        super(message, cause);
    }
}
