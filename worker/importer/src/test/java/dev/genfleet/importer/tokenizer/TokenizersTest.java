package dev.genfleet.importer.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What workers make of captions with imported tokenizers, against the ids of transformers. Those are SentencePiece's own too,
 * but for captions that spell out special tokens, and one with a mark on a mark that the model does not know.
 */
class TokenizersTest {

    static {
        System.setProperty("ai.djl.offline", "true"); // the native library comes with its jar
    }

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"clip", "t5"})
    void cutEveryCaptionAsTheReferenceDoes(String name) throws Exception {
        Path file = folder.resolve("tokenizer.json");
        Tokenizers.read(resource(name)).write(file);
        JsonNode captions = new JsonMapper()
                .readTree(resource(name).resolve("expected.json").toFile());
        assertThat(captions.size()).isGreaterThan(30);
        try (HuggingFaceTokenizer tokenizer =
                HuggingFaceTokenizer.newInstance(file, Map.of("truncation", "false", "padding", "false"))) {
            for (JsonNode caption : captions) {
                String text = caption.get("text").textValue();
                long[] expected = new JsonMapper().convertValue(caption.get("ids"), long[].class);
                assertThat(tokenizer.encode(text).getIds())
                        .as("caption '%s'", text)
                        .containsExactly(expected);
            }
        }
    }

    /** Cut to its length, a caption keeps the tokens for its start and its end. */
    @Test
    void leaveCuttingToTheWorker() throws Exception {
        Path file = folder.resolve("tokenizer.json");
        TokenizerJson clip = Tokenizers.read(resource("clip"));
        clip.write(file);
        assertThat(clip.longest()).hasValue(77);
        try (HuggingFaceTokenizer tokenizer = HuggingFaceTokenizer.newInstance(
                file, Map.of("truncation", "true", "maxLength", "77", "padding", "false"))) {
            long[] ids = tokenizer.encode("a lighthouse ".repeat(100)).getIds();
            assertThat(ids).hasSize(77);
            assertThat(new long[] {ids[0], ids[76]}).containsExactly(clip.vocabulary() - 2, clip.vocabulary() - 1);
        }
    }

    @Test
    void knowThePaddingAndTheSizeOfTheVocabulary() throws Exception {
        TokenizerJson clip = Tokenizers.read(resource("clip"));
        assertThat(clip.padId()).isEqualTo(clip.vocabulary() - 1);
        TokenizerJson t5 = Tokenizers.read(resource("t5"));
        assertThat(t5.padId()).isZero();
        assertThat(t5.vocabulary()).isEqualTo(297); // 197 pieces, 100 sentinels
        assertThat(t5.longest()).isEmpty();
    }

    /** Stable Diffusion XL's second tokenizer pads with an ordinary token. */
    @Test
    void takeThePaddingThatTheFilesBesideName() throws Exception {
        for (String name : new String[] {"vocab.json", "merges.txt"}) {
            Files.copy(resource("clip").resolve(name), folder.resolve(name));
        }
        Files.writeString(folder.resolve("special_tokens_map.json"), "{\"pad_token\": \"!\"}");
        TokenizerJson tokenizer = Tokenizers.read(folder);
        assertThat(tokenizer.padId())
                .isEqualTo(tokenizer.json().at("/model/vocab/!").asInt(-1));
    }

    /** A whole one is preferred to its parts and taken as it is, but for what the manifest decides. */
    @Test
    void takeAWholeTokenizer() throws Exception {
        ObjectNode made = Tokenizers.read(resource("t5")).json();
        ObjectNode published = made.deepCopy();
        published.putObject("truncation").put("max_length", 5);
        published.putObject("padding").put("strategy", "BatchLongest");
        Files.write(folder.resolve("tokenizer.json"), new JsonMapper().writeValueAsBytes(published));
        Files.writeString(folder.resolve("spiece.model"), "not looked at");

        TokenizerJson taken = Tokenizers.read(folder);
        assertThat(taken.json()).isEqualTo(made);
        assertThat(taken.padId()).isZero();
        assertThat(taken.vocabulary()).isEqualTo(297);
    }

    @Test
    void makeTheSameBytesEveryTime() throws Exception {
        for (String name : new String[] {"clip", "t5"}) {
            Path first = folder.resolve(name + "1.json");
            Path second = folder.resolve(name + "2.json");
            Tokenizers.read(resource(name)).write(first);
            Tokenizers.read(resource(name)).write(second);
            assertThat(Arrays.mismatch(Files.readAllBytes(first), Files.readAllBytes(second)))
                    .isEqualTo(-1);
        }
    }

    static Path resource(String name) {
        try {
            return Path.of(Objects.requireNonNull(TokenizersTest.class.getResource("/tokenizers/" + name), name)
                    .toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
