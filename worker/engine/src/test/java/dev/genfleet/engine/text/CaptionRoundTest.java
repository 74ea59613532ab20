package dev.genfleet.engine.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.genfleet.engine.device.DeviceFault;
import dev.genfleet.engine.device.TextEncoder;
import dev.genfleet.engine.device.TokenIds;
import dev.genfleet.engine.device.TokenVectors;
import dev.genfleet.engine.onnx.TinyCaptionModel;
import dev.genfleet.engine.pack.ModelPackage;
import dev.genfleet.model.ModelConditioning;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which captions share a forward, with a real tokenizer and a scripted network. */
final class CaptionRoundTest {

    private static final String DIGEST = "sha256:1";

    @TempDir
    private Path folder;

    private final ScriptedEncoder network = new ScriptedEncoder();
    private final CaptionCache cache = new CaptionCache(1 << 20);
    private CaptionEncoder encoder;

    @BeforeEach
    void open() throws Exception {
        ModelPackage model = TinyCaptionModel.write(folder, ModelConditioning.NullText.EMPTY_CAPTION);
        Tokenizer tokenizer = Tokenizer.read(model.file("tokenizer/tokenizer.json"), 6, 0);
        encoder = new CaptionEncoder(List.of(new CaptionEncoder.Part(tokenizer, network)));
    }

    @AfterEach
    void close() {
        encoder.close();
    }

    @Test
    void captionsThatWaitShareOneForwardAndEqualOnesAreEncodedOnce() throws Exception {
        CaptionRound round = wanting("a red circle", "", "green", "", "a red circle");
        assertThat(first(round, "a red circle")).isEqualTo(8 + 3 + 5 + 1);
        assertThat(first(round, "")).isEqualTo(1);
        assertThat(first(round, "green")).isEqualTo(4 + 1);
        assertThat(network.rows).containsExactly(3);
    }

    @Test
    void aCaptionThatWasEncodedBeforeIsNotEncodedAgain() throws Exception {
        first(wanting("green", ""), "green");
        CaptionRound next = wanting("green", "red", "");
        first(next, "red");
        first(next, "");
        assertThat(network.rows).containsExactly(2, 1);
    }

    @Test
    void captionsOfAnotherModelDoNotShareTheForward() throws Exception {
        CaptionRound round = wanting("green");
        round.want("sha256:2", encoder, "green");
        first(round, "green");
        assertThat(network.rows).containsExactly(1);
        round.encoded("sha256:2", "green");
        assertThat(network.rows).containsExactly(1, 1);
    }

    @Test
    void noForwardHasMoreRowsThanTheEncoderAllows() throws Exception {
        CaptionRound round = wanting("red", "green", "circle", "square", "on", "a");
        first(round, "red");
        assertThat(network.rows).as("the others wait until they are asked for").containsExactly(4);
        first(round, "square");
        assertThat(network.rows).containsExactly(4);
        first(round, "a");
        assertThat(network.rows).containsExactly(4, 2);
    }

    @Test
    void aBadCaptionFailsAlone() throws Exception {
        network.refused = Optional.of(9L);
        CaptionRound round = wanting("red", "blurry", "green");
        assertThat(first(round, "red")).isEqualTo(3 + 1);
        assertThat(network.rows).containsExactly(3, 1, 1, 1);
        assertThatThrownBy(() -> first(round, "blurry"))
                .isInstanceOf(DeviceFault.class)
                .hasMessage("scripted fault");
        assertThat(first(round, "green")).isEqualTo(4 + 1);
        assertThat(network.rows).hasSize(4);
        network.refused = Optional.empty();
        assertThat(first(wanting("blurry"), "blurry")).as("a fault is not kept").isEqualTo(9 + 1);
    }

    /** A cache that is too small for anything costs forwards, no captions. */
    @Test
    void aRoundNeedsNoCache() throws Exception {
        CaptionRound round = new CaptionRound(new CaptionCache(0));
        round.want(DIGEST, encoder, "red");
        round.want(DIGEST, encoder, "green");
        assertThat(first(round, "red")).isEqualTo(3 + 1);
        assertThat(first(round, "green")).isEqualTo(4 + 1);
        assertThat(network.rows).containsExactly(2);
    }

    private CaptionRound wanting(String... captions) {
        CaptionRound round = new CaptionRound(cache);
        for (String caption : captions) {
            round.want(DIGEST, encoder, caption);
        }
        return round;
    }

    private static float first(CaptionRound round, String caption) throws DeviceFault {
        return round.encoded(DIGEST, caption).texts().getFirst().states()[0];
    }

    /** The sum of a caption's token ids as its one number, and the rows of each forward. */
    private static final class ScriptedEncoder implements TextEncoder {
        private final List<Integer> rows = new ArrayList<>();
        private Optional<Long> refused = Optional.empty();

        @Override
        public int mostRows() {
            return 4;
        }

        @Override
        public List<TokenVectors> encode(List<TokenIds> captions) throws DeviceFault {
            rows.add(captions.size());
            if (captions.stream().anyMatch(each -> Arrays.stream(each.ids())
                    .anyMatch(id -> refused.filter(bad -> bad == id).isPresent()))) {
                throw new DeviceFault("scripted fault", new IllegalStateException());
            }
            return captions.stream().map(ScriptedEncoder::sum).toList();
        }

        private static TokenVectors sum(TokenIds caption) {
            float[] states = new float[caption.ids().length];
            states[0] = Arrays.stream(caption.ids()).sum();
            return new TokenVectors(1, states, caption.mask(), Optional.empty());
        }

        @Override
        public void close() {
            // Holds nothing.
        }
    }
}
