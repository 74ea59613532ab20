package dev.genfleet.wire;

/** A record of a newer major version: it is released and waits for a newer program, never dead-lettered. */
public final class NewerVersionException extends Exception {

    private static final long serialVersionUID = 1L;

    NewerVersionException(String ceType, int newestKnown) {
        super("ce_type is '" + ceType + "', but this program reads versions up to " + newestKnown);
    }
}
