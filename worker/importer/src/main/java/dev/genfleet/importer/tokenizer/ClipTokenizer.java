package dev.genfleet.importer.tokenizer;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.genfleet.importer.checkpoint.CheckpointException;
import dev.genfleet.importer.tokenizer.JsonParts.Token;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The tokenizer of CLIP (Radford et al. 2021, section 2.4): byte-pair encoding (Sennrich et al. 2016) of lower-cased words whose
 * last piece ends in {@code </w>}, between a token for the start and one for the end of the text. {@code vocab.json} gives
 * every piece an id, {@code merges.txt} says in which order pieces are joined.
 *
 * @param files where both lie
 * @param settings names of the special tokens
 */
record ClipTokenizer(TokenizerFolder files, TokenizerSettings settings) {

    static final String START = "<|startoftext|>";
    static final String END = "<|endoftext|>";

    private static final String WORD_END = "</w>";

    /** Contractions, words, single digits, runs of other signs. */
    private static final String WORDS = "'s|'t|'re|'ve|'m|'ll|'d|[\\p{L}]+|[\\p{N}]|[^\\s\\p{L}\\p{N}]+";

    ObjectNode json() throws CheckpointException, IOException {
        ObjectNode vocabulary = vocabulary();
        Token start = token("bos_token", START, vocabulary);
        Token end = token("eos_token", END, vocabulary);
        Token unknown = token("unk_token", END, vocabulary);
        ObjectNode json = JsonParts.begin(List.copyOf(new LinkedHashSet<>(List.of(start, end, unknown))));
        json.set(
                "normalizer",
                JsonParts.sequence(
                        "normalizers",
                        JsonParts.typed("NFC"),
                        JsonParts.replace("\\s+", " "),
                        JsonParts.typed("Lowercase")));
        ObjectNode words = JsonParts.typed("Split");
        words.putObject("pattern").put("Regex", WORDS);
        words.put("behavior", "Removed").put("invert", true);
        json.set("pre_tokenizer", JsonParts.sequence("pretokenizers", words, bytes()));
        json.set("post_processor", JsonParts.template(List.of(start), List.of(end)));
        json.set("decoder", bytes());
        ObjectNode model = json.putObject("model").put("type", "BPE").putNull("dropout");
        model.put("unk_token", unknown.text())
                .put("continuing_subword_prefix", "")
                .put("end_of_word_suffix", WORD_END)
                .put("fuse_unk", false)
                .put("byte_fallback", false);
        model.set("vocab", vocabulary);
        model.set("merges", merges(vocabulary, json.arrayNode()));
        return json;
    }

    /** Every byte of UTF-8 as one visible sign. */
    private static ObjectNode bytes() {
        return JsonParts.typed("ByteLevel")
                .put("add_prefix_space", false)
                .put("trim_offsets", true)
                .put("use_regex", true);
    }

    private ObjectNode vocabulary() throws CheckpointException, IOException {
        ObjectNode vocabulary = files.object(Tokenizers.VOCABULARY);
        Set<Integer> ids = new LinkedHashSet<>();
        for (var token : vocabulary.properties()) {
            if (!token.getValue().isInt() || token.getValue().asInt() < 0) {
                throw new CheckpointException(files.path(Tokenizers.VOCABULARY) + " gives '" + token.getKey()
                        + "' the id " + token.getValue() + ", but ids are whole numbers from 0");
            }
            if (!ids.add(token.getValue().asInt())) {
                throw new CheckpointException(files.path(Tokenizers.VOCABULARY) + " gives the id " + token.getValue()
                        + " twice, the second time to '" + token.getKey() + "'");
            }
        }
        return vocabulary;
    }

    private Token token(String role, String usual, ObjectNode vocabulary) throws CheckpointException {
        String text = settings.token(role).orElse(usual);
        if (!vocabulary.has(text)) {
            throw new CheckpointException(
                    files.path(Tokenizers.VOCABULARY) + " has no " + text + ", which is the tokenizer's " + role);
        }
        return new Token(text, vocabulary.get(text).asInt());
    }

    private ArrayNode merges(ObjectNode vocabulary, ArrayNode merges) throws CheckpointException, IOException {
        List<String> lines = new String(files.bytes(Tokenizers.MERGES), StandardCharsets.UTF_8)
                .lines()
                .toList();
        for (int line = 0; line < lines.size(); line++) {
            String merge = lines.get(line);
            if (merge.isBlank() || (line == 0 && merge.startsWith("#version"))) {
                continue;
            }
            String[] pieces = merge.strip().split(" ", -1);
            if (pieces.length != 2
                    || !vocabulary.has(pieces[0])
                    || !vocabulary.has(pieces[1])
                    || !vocabulary.has(pieces[0] + pieces[1])) {
                throw new CheckpointException(files.path(Tokenizers.MERGES) + " has '" + shown(merge) + "' in line "
                        + (line + 1) + ", but a line must be two pieces that, like what they join to, are in "
                        + Tokenizers.VOCABULARY);
            }
            merges.add(pieces[0] + " " + pieces[1]);
        }
        return merges;
    }

    private static String shown(String text) {
        return text.length() <= 80 ? text : text.substring(0, 80) + "…";
    }
}
