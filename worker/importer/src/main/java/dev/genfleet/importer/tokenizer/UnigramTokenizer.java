package dev.genfleet.importer.tokenizer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.genfleet.importer.checkpoint.CheckpointException;
import dev.genfleet.importer.tokenizer.JsonParts.Token;
import dev.genfleet.importer.tokenizer.SentencePieceModel.Kind;
import dev.genfleet.importer.tokenizer.SentencePieceModel.Piece;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * The tokenizer of T5 (Raffel et al. 2020, section 2.2): a unigram model (Kudo 2018) over words that begin with U+2581, the end of
 * the text marked by {@code </s>}. Behind the model's pieces follow the sentinels {@code <extra_id_N>}, the last one first.
 *
 * @param model its pieces and its normalisation
 * @param settings number of sentinels
 */
record UnigramTokenizer(SentencePieceModel model, TokenizerSettings settings) {

    private static final String END = "</s>";
    private static final String SPACE = "\u2581";
    private static final int USUAL_SENTINELS = 100;
    private static final int MOST_SENTINELS = 10_000;

    ObjectNode json() throws CheckpointException {
        List<Piece> pieces = new ArrayList<>(model.pieces());
        for (int sentinel = sentinels() - 1; sentinel >= 0; sentinel--) {
            pieces.add(new Piece("<extra_id_" + sentinel + ">", 0, Kind.CONTROL));
        }
        List<Token> special = new ArrayList<>();
        for (int id = 0; id < pieces.size(); id++) {
            if (pieces.get(id).kind() == Kind.CONTROL || pieces.get(id).kind() == Kind.UNKNOWN) {
                special.add(new Token(pieces.get(id).text(), id));
            }
        }
        Token end = special.stream()
                .filter(token -> token.text().equals(END))
                .findFirst()
                .orElseThrow(() -> new CheckpointException(model.file() + " has no control piece " + END));
        ObjectNode json = JsonParts.begin(special);
        normalise(json);
        json.set("pre_tokenizer", JsonParts.sequence("pretokenizers", JsonParts.typed("WhitespaceSplit"), spaces()));
        json.set("post_processor", JsonParts.template(List.of(), List.of(end)));
        json.set("decoder", spaces());
        vocabulary(json.putObject("model").put("type", "Unigram"), pieces);
        return json;
    }

    private void normalise(ObjectNode json) {
        if (model.normalisation().isEmpty()) {
            json.putNull("normalizer");
            return;
        }
        String table = Base64.getEncoder().encodeToString(model.normalisation().toByteArray());
        json.set("normalizer", JsonParts.typed("Precompiled").put("precompiled_charsmap", table));
    }

    private ObjectNode spaces() {
        boolean prefixed = model.prefixed() == SentencePieceModel.Prefix.SPACE;
        return JsonParts.typed("Metaspace")
                .put("replacement", SPACE)
                .put("prepend_scheme", prefixed ? "always" : "never")
                .put("split", true);
    }

    private static void vocabulary(ObjectNode json, List<Piece> pieces) {
        boolean bytes = false;
        ArrayNode vocabulary = json.arrayNode(pieces.size());
        for (int id = 0; id < pieces.size(); id++) {
            Piece piece = pieces.get(id);
            vocabulary.addArray().add(piece.text()).add((double) piece.score());
            bytes |= piece.kind() == Kind.BYTE;
            if (piece.kind() == Kind.UNKNOWN) {
                json.put("unk_id", id);
            }
        }
        json.set("vocab", vocabulary);
        json.put("byte_fallback", bytes);
    }

    private int sentinels() throws CheckpointException {
        JsonNode given = settings.field("extra_ids");
        if (given.isMissingNode()) {
            return USUAL_SENTINELS;
        }
        if (!given.isInt() || given.asInt() < 0 || given.asInt() > MOST_SENTINELS) {
            throw new CheckpointException("extra_ids in " + TokenizerSettings.FILES.getFirst() + " beside "
                    + model.file() + " is " + given + ", but must be a whole number from 0 to " + MOST_SENTINELS);
        }
        return given.asInt();
    }
}
