package dev.genfleet.importer.tokenizer;

import com.google.protobuf.ByteString;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A unigram model of SentencePiece (Kudo and Richardson 2018; fields of {@code sentencepiece_model.proto}).
 *
 * @param file what was read, for messages
 * @param pieces in the order of their ids
 * @param normalisation the compiled table by which text is normalised, empty where it is not
 * @param prefixed whether a space is put before the text
 */
record SentencePieceModel(Path file, List<Piece> pieces, ByteString normalisation, Prefix prefixed) {

    /** Whether a space is put before the text. */
    enum Prefix {
        SPACE,
        NONE
    }

    /** What a piece stands for. */
    enum Kind {
        NORMAL(1),
        UNKNOWN(2),
        CONTROL(3),
        USER_DEFINED(4),
        UNUSED(5),
        BYTE(6);

        private final int number;

        Kind(int number) {
            this.number = number;
        }

        /** The kind of that number in a file. */
        static Optional<Kind> numbered(int number) {
            return Arrays.stream(values()).filter(kind -> kind.number == number).findFirst();
        }
    }

    /**
     * A piece of text.
     *
     * @param text spaces are written as U+2581
     * @param score logarithm of its probability
     * @param kind what it stands for
     */
    record Piece(String text, float score, Kind kind) {}

    SentencePieceModel {
        pieces = List.copyOf(pieces);
    }
}
