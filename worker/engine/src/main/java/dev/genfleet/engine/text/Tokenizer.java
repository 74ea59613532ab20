package dev.genfleet.engine.text;

import ai.djl.huggingface.tokenizers.Encoding;
import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import dev.genfleet.engine.device.TokenIds;
import dev.genfleet.engine.fault.EngineException;
import dev.genfleet.fault.ErrorCode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;

/** A {@code tokenizer.json} of Hugging Face tokenizers. Safe on any thread. */
public final class Tokenizer implements AutoCloseable {

    static {
        System.setProperty("ai.djl.offline", "true"); // tokenizers come with their packages; nothing is to be fetched
    }

    private final HuggingFaceTokenizer tokenizer;
    private final int tokens;
    private final int padId;

    private Tokenizer(HuggingFaceTokenizer tokenizer, int tokens, int padId) {
        this.tokenizer = tokenizer;
        this.tokens = tokens;
        this.padId = padId;
    }

    /**
     * Reads a tokenizer.
     *
     * @param file {@code tokenizer.json}
     * @param tokens length that captions are cut and padded to
     * @param padId token id of padding
     * @throws EngineException {@code model_unavailable} when it cannot be read
     */
    public static Tokenizer read(Path file, int tokens, int padId) throws EngineException {
        try {
            Map<String, String> options =
                    Map.of("truncation", "true", "maxLength", Integer.toString(tokens), "padding", "false");
            return new Tokenizer(HuggingFaceTokenizer.newInstance(file, options), tokens, padId);
        } catch (IOException | RuntimeException e) {
            throw new EngineException(
                    ErrorCode.MODEL_UNAVAILABLE,
                    "The tokenizer " + file + " cannot be read: " + e.getMessage() + ".",
                    e);
        }
    }

    /** A caption's tokens, special ones included, cut and padded. */
    public TokenIds encode(String caption) {
        Encoding encoding = tokenizer.encode(caption);
        int used = Math.min(tokens, encoding.getIds().length);
        long[] ids = Arrays.copyOf(encoding.getIds(), tokens);
        Arrays.fill(ids, used, tokens, padId);
        long[] mask = new long[tokens];
        Arrays.fill(mask, 0, used, 1);
        return new TokenIds(ids, mask);
    }

    @Override
    public void close() {
        tokenizer.close();
    }
}
