package dev.genfleet.importer.census;

/** What a rule throws; the interpreter adds the node's name and makes a {@link CensusException} of it. */
final class Uncountable extends RuntimeException {

    private static final long serialVersionUID = 1L;

    Uncountable(String message) {
        super(message);
    }
}
