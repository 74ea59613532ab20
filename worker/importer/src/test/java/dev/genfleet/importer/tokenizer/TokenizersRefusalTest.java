package dev.genfleet.importer.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedOutputStream;
import dev.genfleet.importer.checkpoint.CheckpointException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TokenizersRefusalTest {

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '`',
            value = {
                "vocab.json ~ [1] ~ vocab.json must be a JSON object, but is ARRAY",
                "vocab.json ~ {\"a\": ~ vocab.json is not JSON",
                "vocab.json ~ {\"a\": 1.5} ~ gives 'a' the id 1.5",
                "vocab.json ~ {\"a\": -1} ~ gives 'a' the id -1",
                "vocab.json ~ {\"a\": 3, \"b\": 3} ~ gives the id 3 twice, the second time to 'b'",
                "vocab.json ~ {\"a\": 0, \"<|endoftext|>\": 1} ~ has no <|startoftext|>, which is the tokenizer's bos_token",
                "merges.txt ~ a b c ~ has 'a b c' in line 1",
                "merges.txt ~ q qqqq ~ must be two pieces that, like what they join to, are in vocab.json",
                "special_tokens_map.json ~ {\"pad_token\": \"[PAD]\"} ~ pads with [PAD], which is no token of it",
                "tokenizer.json ~ {} ~ must have a model with a vocabulary",
                "tokenizer.json ~ {\"model\": {\"vocab\": {\"a\": 2147483647}}} ~ has the token id 2147483647, but at most",
                "tokenizer.json ~ {\"model\": {\"vocab\": {\"a\": 0}}} ~ no tokenizer_config.json that names a pad_token",
                "tokenizer.json ~ nothing ~ is not JSON",
                "tokenizer_config.json ~ 5 ~ must be a JSON object, but is NUMBER",
            })
    void nameTheFileAndWhatIsAllowed(String file, String content, String sentence) throws Exception {
        for (String name : new String[] {"vocab.json", "merges.txt"}) {
            Files.copy(TokenizersTest.resource("clip").resolve(name), folder.resolve(name));
        }
        Files.writeString(folder.resolve(file), content);
        assertThatThrownBy(() -> Tokenizers.read(folder))
                .isInstanceOf(CheckpointException.class)
                .hasMessageContaining(sentence);
    }

    @Test
    void nameEveryFormThatCouldBeThere() throws Exception {
        Files.writeString(folder.resolve("vocab.json"), "{}");
        assertThatThrownBy(() -> Tokenizers.read(folder))
                .isInstanceOf(CheckpointException.class)
                .hasMessageContaining("tokenizer.json, vocab.json with merges.txt, or spiece.model");
    }

    /** Wherever a model is cut off, or a byte of it changed, the outcome is a tokenizer or one sentence. */
    @Test
    void surviveEveryDamageToASentencePieceModel() throws Exception {
        byte[] whole = Files.readAllBytes(TokenizersTest.resource("t5").resolve("spiece.model"));
        Random random = new Random(3);
        int refused = 0;
        for (int i = 0; i < 400; i++) {
            byte[] damaged = whole.clone();
            if (i % 2 == 0) {
                damaged = Arrays.copyOf(whole, random.nextInt(whole.length));
            } else {
                damaged[random.nextInt(4000)] = (byte) random.nextInt();
            }
            try {
                SentencePieceReader.read(damaged, Path.of("spiece.model"));
            } catch (CheckpointException e) {
                refused++;
                assertThat(e).hasMessageStartingWith("spiece.model ");
            }
        }
        assertThat(refused).isGreaterThan(200);
    }

    @Test
    void refuseModelsOfOtherKinds() throws Exception {
        assertRefused(model(output -> output.writeMessage(2, 3, 2)), "its model type is 2, but only unigram models");
        assertRefused(model(output -> output.writeMessage(3, 4, 0)), "it treats spaces as no T5 model does");
        assertRefused(model(output -> output.writeMessage(2, 24, 1)), "it treats spaces as no T5 model does");
        assertRefused(model(output -> output.piece("b", Float.NaN, 1)), "is 'b' with score NaN");
        assertRefused(model(output -> output.piece("a", 0, 1)), "is 'a' with score 0.0, but every piece must be");
        assertRefused(model(output -> output.piece("b", 0, 9)), "is of kind 9, but known are 1 to 6");
        assertRefused(model(output -> output.piece("b", 0, 2)), "exactly one piece for what is unknown");
        assertRefused(model(output -> output.number(1, 7)), "field 1 is no message");
        assertRefused(
                new byte[] {1 << 3 | 2, (byte) 0xff, (byte) 0xff, (byte) 0xff, (byte) 0xff, 7, 1, 2},
                "is not a whole SentencePiece model");
        assertRefused("<html>not a model</html>".getBytes(StandardCharsets.UTF_8), "is not a");
    }

    @Test
    void takeAModelWithoutNormalisation() throws Exception {
        Files.write(folder.resolve("spiece.model"), model(output -> output.piece("</s>", 0, 3)));
        Files.writeString(folder.resolve("tokenizer_config.json"), "{\"extra_ids\": 2, \"pad_token\": \"a\"}");
        TokenizerJson tokenizer = Tokenizers.read(folder);
        assertThat(tokenizer.vocabulary()).isEqualTo(5);
        assertThat(tokenizer.json().get("normalizer").isNull()).isTrue();
        Files.writeString(folder.resolve("tokenizer_config.json"), "{\"extra_ids\": -2}");
        assertThatThrownBy(() -> Tokenizers.read(folder)).hasMessageContaining("extra_ids in tokenizer_config.json");
        Files.write(folder.resolve("spiece.model"), model(output -> output.piece("b", 0, 1)));
        Files.delete(folder.resolve("tokenizer_config.json"));
        assertThatThrownBy(() -> Tokenizers.read(folder)).hasMessageContaining("has no control piece </s>");
    }

    private static void assertRefused(byte[] bytes, String sentence) {
        assertThatThrownBy(() -> SentencePieceReader.read(bytes, Path.of("spiece.model")))
                .isInstanceOf(CheckpointException.class)
                .hasMessageStartingWith("spiece.model ")
                .hasMessageContaining(sentence);
    }

    /** A model of two pieces and what {@code more} adds. */
    private static byte[] model(Addition more) throws IOException {
        ByteString.Output bytes = ByteString.newOutput();
        Fields fields = new Fields(CodedOutputStream.newInstance(bytes));
        fields.piece("a", -1, 1);
        fields.piece("<unk>", 0, 2);
        more.to(fields);
        fields.output().flush();
        return bytes.toByteString().toByteArray();
    }

    @FunctionalInterface
    private interface Addition {
        void to(Fields fields) throws IOException;
    }

    private record Fields(CodedOutputStream output) {

        void piece(String text, float score, int kind) throws IOException {
            ByteString.Output bytes = ByteString.newOutput();
            CodedOutputStream piece = CodedOutputStream.newInstance(bytes);
            piece.writeString(1, text);
            piece.writeFloat(2, score);
            piece.writeEnum(3, kind);
            piece.flush();
            output.writeBytes(1, bytes.toByteString());
        }

        /** Message {@code field} with one number in it. */
        void writeMessage(int field, int inner, int number) throws IOException {
            ByteString.Output bytes = ByteString.newOutput();
            CodedOutputStream message = CodedOutputStream.newInstance(bytes);
            message.writeInt32(inner, number);
            message.flush();
            output.writeBytes(field, bytes.toByteString());
        }

        void number(int field, int number) throws IOException {
            output.writeInt32(field, number);
        }
    }
}
