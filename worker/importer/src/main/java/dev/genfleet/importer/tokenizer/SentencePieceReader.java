package dev.genfleet.importer.tokenizer;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.WireFormat;
import dev.genfleet.importer.checkpoint.CheckpointException;
import dev.genfleet.importer.tokenizer.SentencePieceModel.Kind;
import dev.genfleet.importer.tokenizer.SentencePieceModel.Piece;
import dev.genfleet.importer.tokenizer.SentencePieceModel.Prefix;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Reads {@code sentencepiece_model.proto} field by field. Only what decides how text is cut is taken; other fields are skipped. A
 * length that reaches beyond the file is refused by the stream before anything is reserved for it.
 */
final class SentencePieceReader {

    private static final int MOST_PIECES = 1 << 20;
    private static final int UNIGRAM = 1;

    private final Path file;
    private final List<Piece> pieces = new ArrayList<>();
    private final Set<String> texts = new HashSet<>();
    private ByteString normalisation = ByteString.EMPTY;
    private Prefix prefix = Prefix.SPACE;
    private int type = UNIGRAM;
    private boolean usualSpaces = true;

    private SentencePieceReader(Path file) {
        this.file = file;
    }

    /**
     * Reads a model.
     *
     * @throws CheckpointException when it is not whole, not a unigram model, or normalises as none is known to
     */
    static SentencePieceModel read(byte[] bytes, Path file) throws CheckpointException {
        SentencePieceReader reader = new SentencePieceReader(file);
        try {
            reader.model(CodedInputStream.newInstance(bytes));
        } catch (InvalidProtocolBufferException e) {
            throw new CheckpointException(file + " is not a whole SentencePiece model: " + e.getMessage(), e);
        } catch (IOException e) {
            throw new CheckpointException(file + " cannot be read: " + e.getMessage(), e);
        }
        reader.check();
        return new SentencePieceModel(file, reader.pieces, reader.normalisation, reader.prefix);
    }

    private void model(CodedInputStream input) throws IOException, CheckpointException {
        for (int tag = input.readTag(); tag != 0; tag = input.readTag()) {
            switch (WireFormat.getTagFieldNumber(tag)) {
                case 1 -> piece(message(input, tag));
                case 2 -> trainer(message(input, tag));
                case 3 -> normaliser(message(input, tag));
                default -> input.skipField(tag);
            }
        }
    }

    private void piece(CodedInputStream input) throws IOException, CheckpointException {
        String text = "";
        float score = 0;
        int kind = 1;
        for (int tag = input.readTag(); tag != 0; tag = input.readTag()) {
            switch (tag) {
                case 1 << 3 | 2 -> text = input.readStringRequireUtf8();
                case 2 << 3 | 5 -> score = input.readFloat();
                case 3 << 3 -> kind = input.readEnum();
                default -> input.skipField(tag);
            }
        }
        if (!Float.isFinite(score) || text.isEmpty() || !texts.add(text)) {
            throw wrong("piece " + pieces.size() + " is '" + text + "' with score " + score
                    + ", but every piece must be a text of its own with a finite score");
        }
        if (pieces.size() == MOST_PIECES) {
            throw wrong("there are more than " + MOST_PIECES + " pieces");
        }
        int number = kind;
        Kind known = Kind.numbered(number)
                .orElseThrow(
                        () -> wrong("piece " + pieces.size() + " is of kind " + number + ", but known are 1 to 6"));
        pieces.add(new Piece(text, score, known));
    }

    private void trainer(CodedInputStream input) throws IOException {
        for (int tag = input.readTag(); tag != 0; tag = input.readTag()) {
            switch (tag) {
                case 3 << 3 -> type = input.readEnum();
                case 24 << 3 -> usualSpaces &= !input.readBool(); // spaces would end words
                default -> input.skipField(tag);
            }
        }
    }

    private void normaliser(CodedInputStream input) throws IOException {
        for (int tag = input.readTag(); tag != 0; tag = input.readTag()) {
            switch (tag) {
                case 2 << 3 | 2 -> normalisation = input.readBytes();
                case 3 << 3 -> prefix = input.readBool() ? Prefix.SPACE : Prefix.NONE;
                case 4 << 3, 5 << 3 -> usualSpaces &= input.readBool(); // drops surplus spaces; writes them as U+2581
                default -> input.skipField(tag);
            }
        }
    }

    private void check() throws CheckpointException {
        if (type != UNIGRAM) {
            throw wrong("its model type is " + type + ", but only unigram models, type " + UNIGRAM + ", are known");
        }
        if (!usualSpaces) {
            throw wrong("it treats spaces as no T5 model does");
        }
        if (pieces.stream().filter(piece -> piece.kind() == Kind.UNKNOWN).count() != 1) {
            throw wrong("it must have exactly one piece for what is unknown");
        }
    }

    private CodedInputStream message(CodedInputStream input, int tag) throws IOException, CheckpointException {
        if (WireFormat.getTagWireType(tag) != WireFormat.WIRETYPE_LENGTH_DELIMITED) {
            throw wrong("field " + WireFormat.getTagFieldNumber(tag) + " is no message");
        }
        return input.readBytes().newCodedInput();
    }

    private CheckpointException wrong(String what) {
        return new CheckpointException(file + " is not a SentencePiece model that can be taken: " + what);
    }
}
