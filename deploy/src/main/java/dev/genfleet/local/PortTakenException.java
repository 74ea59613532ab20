package dev.genfleet.local;

/** A part could not listen on the port chosen for it, because somebody else was quicker. */
final class PortTakenException extends StackException {
    PortTakenException(String message) {
        super(message);
    }
}
