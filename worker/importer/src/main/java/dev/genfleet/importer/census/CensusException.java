package dev.genfleet.importer.census;

/** A graph that cannot be counted; the message is one sentence that names the graph, the node and what is wrong. */
public final class CensusException extends Exception {

    private static final long serialVersionUID = 1L;

    public CensusException(String message) {
        super(message);
    }

    public CensusException(String message, Throwable cause) {
        super(message, cause);
    }
}
