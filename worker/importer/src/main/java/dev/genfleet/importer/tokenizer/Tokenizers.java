package dev.genfleet.importer.tokenizer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.genfleet.importer.checkpoint.CheckpointException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.OptionalInt;

/** Reads the tokenizer of a published folder, in whichever form it is there. */
public final class Tokenizers {

    static final String WHOLE = "tokenizer.json";
    static final String VOCABULARY = "vocab.json";
    static final String MERGES = "merges.txt";
    static final String SENTENCE_PIECE = "spiece.model";

    private static final int LARGEST_ID = 1 << 24;

    private Tokenizers() {}

    /**
     * Takes {@code tokenizer.json} where it is there; otherwise makes it of CLIP's {@code vocab.json} and {@code merges.txt}, or of
     * T5's {@code spiece.model}.
     *
     * @throws CheckpointException when none is there, or one is not what it should be; one sentence says what
     */
    public static TokenizerJson read(Path folder) throws CheckpointException, IOException {
        TokenizerFolder files = new TokenizerFolder(folder);
        TokenizerSettings settings = TokenizerSettings.read(files);
        ObjectNode json;
        if (files.has(WHOLE)) {
            json = files.object(WHOLE);
            json.putNull("truncation").putNull("padding"); // the manifest decides both
        } else if (files.has(VOCABULARY) && files.has(MERGES)) {
            json = new ClipTokenizer(files, settings).json();
        } else if (files.has(SENTENCE_PIECE)) {
            json = new UnigramTokenizer(
                            SentencePieceReader.read(files.bytes(SENTENCE_PIECE), files.path(SENTENCE_PIECE)), settings)
                    .json();
        } else {
            throw new CheckpointException(folder + " holds no tokenizer: there must be " + WHOLE + ", " + VOCABULARY
                    + " with " + MERGES + ", or " + SENTENCE_PIECE);
        }
        TokenIndex ids = new TokenIndex(json);
        if (ids.isEmpty()) {
            throw new CheckpointException(files.path(WHOLE) + " must have a model with a vocabulary, but has none");
        }
        if (ids.largest() > LARGEST_ID) {
            throw new CheckpointException("the tokenizer in " + folder + " has the token id " + ids.largest()
                    + ", but at most " + LARGEST_ID + " is possible");
        }
        return new TokenizerJson(json, padId(files, settings, ids), ids.largest() + 1, longest(settings));
    }

    private static int padId(TokenizerFolder files, TokenizerSettings settings, TokenIndex ids)
            throws CheckpointException {
        if (settings.padding().isPresent()) {
            String padding = settings.padding().get();
            return ids.find(padding)
                    .orElseThrow(() -> new CheckpointException("the tokenizer in " + files.folder() + " pads with "
                            + padding + ", which is no token of it"));
        }
        for (String usual : new String[] {"<pad>", "[PAD]", ClipTokenizer.END}) {
            OptionalInt id = ids.find(usual);
            if (id.isPresent()) {
                return id.getAsInt();
            }
        }
        throw new CheckpointException("the tokenizer in " + files.folder() + " has no "
                + TokenizerSettings.FILES.getFirst() + " that names a pad_token, and none of the usual ones");
    }

    private static OptionalInt longest(TokenizerSettings settings) {
        JsonNode length = settings.field("model_max_length");
        return length.isInt() && length.asInt() > 0 && length.asInt() <= 1 << 20
                ? OptionalInt.of(length.asInt())
                : OptionalInt.empty(); // some files hold a number far beyond any caption where there is no limit
    }
}
