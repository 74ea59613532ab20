package dev.genfleet.importer.architectures;

import java.util.Objects;

/**
 * What is to be said of a row.
 *
 * @param words a few, for the row itself; may be empty
 * @param note what they stand for, below the table; empty where they say all
 */
public record Remark(String words, String note) {

    /** Nothing to say. */
    public static final Remark NONE = new Remark("", "");

    public Remark {
        Objects.requireNonNull(words, "words");
        Objects.requireNonNull(note, "note");
    }

    /** A few words that say all. */
    public static Remark of(String words) {
        return new Remark(words, "");
    }
}
