package dev.genfleet.importer.pickle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UnpicklerTest {

    @Test
    void readsEveryKindOfScalar() throws Exception {
        Pickled list = read(
                "(NI01\nI-7\nJ\u00fe\u00ff\u00ff\u00ffK\u0009M\u0001\u0002L12345678901234567890L\n\u008a\u0001\u00ff\u008a\u0000"
                        + "F1.5\nG@\u0004\u0000\u0000\u0000\u0000\u0000\u0000\u0088\u0089l.");
        assertThat(((Pickled.Sequence) list).elements())
                .containsExactly(
                        Pickled.Nothing.NONE,
                        new Pickled.Truth(true),
                        new Pickled.Whole(-7),
                        new Pickled.Whole(-2),
                        new Pickled.Whole(9),
                        new Pickled.Whole(513),
                        new Pickled.Huge(new BigInteger("12345678901234567890")),
                        new Pickled.Whole(-1),
                        new Pickled.Whole(0),
                        new Pickled.Real(1.5),
                        new Pickled.Real(2.5),
                        new Pickled.Truth(true),
                        new Pickled.Truth(false));
    }

    @Test
    void readsEveryKindOfText() throws Exception {
        Pickled list = read(
                "(S'a\\x41\\n\\'\\\\'\nV\\u00e9\\U0001F600\\q\nT\u0002\u0000\u0000\u0000hiU\u0001xX\u0002\u0000\u0000\u0000"
                        + "\u00c3\u00a9\u008c\u0001y\u008d\u0001\u0000\u0000\u0000\u0000\u0000\u0000\u0000zl.");
        assertThat(((Pickled.Sequence) list).elements())
                .containsExactly(
                        new Pickled.Text("aA\n'\\"),
                        new Pickled.Text("\u00e9\ud83d\ude00\\q"),
                        new Pickled.Text("hi"),
                        new Pickled.Text("x"),
                        new Pickled.Text("\u00e9"),
                        new Pickled.Text("y"),
                        new Pickled.Text("z"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "}(U\u0001aK\u0001U\u0001bK\u0002u.",
                "(U\u0001aK\u0001U\u0001bK\u0002d.",
                "}U\u0001aK\u0001sU\u0001bK\u0002s.",
                "}p0\n0g0\n(U\u0001aK\u0001U\u0001bK\u0002u.",
                "}q\u00070h\u0007(U\u0001aK\u0001U\u0001bK\u0002u.",
                "\u0080\u0004\u0095 \u0000\u0000\u0000\u0000\u0000\u0000\u0000}\u0094(\u008c\u0001a\u0094K\u0001\u008c\u0001bK\u0002u.",
            })
    void readsTheSameMapHoweverItIsWritten(String pickle) throws Exception {
        assertThat(((Pickled.Mapping) read(pickle)).entries())
                .containsExactly(Map.entry("a", new Pickled.Whole(1)), Map.entry("b", new Pickled.Whole(2)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "cposix\nsystem\n(U\u0004echotR.",
                "\u0080\u0004\u008c\u0005posix\u008c\u0006system\u0093U\u0004echo\u0085R.",
                "(S'echo'\niposix\nsystem\n.",
                "(cposix\nsystem\nS'echo'\no.",
                "cposix\nsystem\nU\u0004echo\u0085\u0081.",
                "cposix\nsystem\nU\u0004echo\u0085}\u0092.",
                "cposix\nsystem\nU\u0004echo\u0085R}U\u0001aK\u0001sb.",
            })
    void describesACallAndNeverMakesIt(String pickle) throws Exception {
        Pickled.Built call = (Pickled.Built) read(pickle);
        assertThat(call.callable()).contains(new Pickled.Global("posix", "system"));
        assertThat(call.callableName()).isEqualTo("posix.system");
        assertThat(call.arguments()).containsExactly(new Pickled.Text("echo"));
    }

    @Test
    void namesTheInnermostCallable() throws Exception {
        assertThat(((Pickled.Built) read("cbuiltins\ngetattr\n)R)R.")).callableName())
                .isEqualTo("builtins.getattr");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '§',
            value = {
                "§§ | ends in the middle",
                "N | ends in the middle",
                "Xÿÿÿ\u007fabc | ends in the middle",
                "\u008dÿÿÿÿÿÿÿ\u007f | ends in the middle",
                "\u008dÿÿÿÿÿÿÿÿ | ends in the middle",
                "\u008bÿÿÿÿ | ends in the middle",
                ". | takes a value where there is none",
                "(. | takes a value where there is none",
                "N(a. | takes a value where there is none",
                "Nt. | a mark that it never set",
                "h\u0001. | refers back to a value that it never had",
                "NNa. | appends to what is no list",
                "NNNs. | sets items of what is no dict",
                "}(Nu. | a key without a value",
                "(o. | an object of no class",
                "NN\u0093. | names a callable by what is no text",
                "\u0082\u0001. | has 0x82 at byte 0, which is no instruction of plain data",
                "\u0097. | has 0x97",
                "\u0080\u0006N. | of protocol 6",
                "Ix~. | a whole number that is none",
                "Fx~. | a number that is none",
                "S'x~. | a string without quotes",
            })
    void refusesWhatIsNoPickle(String pickle, String why) {
        assertThatThrownBy(() -> read(pickle.replace('~', '\n')))
                .isInstanceOf(PickleException.class)
                .hasMessageContaining(why);
    }

    @Test
    void refusesNumbersThatTakeLongToParse() {
        assertThatThrownBy(() -> read("L" + "9".repeat(1_000_000) + "L\n."))
                .hasMessageContaining("length 1000000")
                .hasMessageContaining("at most 256");
    }

    @Test
    void boundsInstructionsAndReferences() {
        byte[] instructions = new byte[Unpickler.MAX_INSTRUCTIONS + 10];
        Arrays.fill(instructions, (byte) ']');
        assertThatThrownBy(() -> new Unpickler(ByteBuffer.wrap(instructions)).read())
                .hasMessageContaining("more than 2000000 instructions");
        byte[] references = new byte[Unpickler.MAX_MEMO + 10];
        Arrays.fill(references, (byte) 0x94);
        references[0] = 'N';
        assertThatThrownBy(() -> new Unpickler(ByteBuffer.wrap(references)).read())
                .hasMessageContaining("refers back to more than 500000 values");
    }

    /** The costliest instructions repeated to the limit; garbage counts as well, so what is alive at a time is less. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "]",
                "}",
                "}U\u0000Ns",
                "](Ne",
                "N\u0085",
                "(",
                "}}U\u0000Nss",
                "NNR",
                "NQ",
                "U\u0001ar\u0001\u0002\u0003\u0000"
            })
    void boundsMemory(String repeated) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        ByteBuffer pickle = ByteBuffer.wrap(repeated.repeat(Unpickler.MAX_INSTRUCTIONS)
                .substring(0, Unpickler.MAX_INSTRUCTIONS)
                .getBytes(StandardCharsets.ISO_8859_1));
        long before = threads.getCurrentThreadAllocatedBytes();
        assertThatThrownBy(() -> new Unpickler(pickle).read()).isInstanceOf(PickleException.class);
        assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(400L << 20);
    }

    /** Tuples that hold the one before twice: hashing or printing the last one would take 2^100000 steps. */
    @Test
    void takesNestingAndSharingWithoutWalkingThem() throws Exception {
        Pickled nested = read("}" + "N" + "2\u0086".repeat(100_000) + "0.");
        assertThat(nested).isInstanceOf(Pickled.Mapping.class);
        Pickled keyed = read("}N" + "2\u0086".repeat(100_000) + "Ns.");
        assertThat(((Pickled.Mapping) keyed).entries()).isEmpty();
    }

    @Test
    void takesAMapThatHoldsItself() throws Exception {
        Pickled.Mapping self = (Pickled.Mapping) read("}q\u0000U\u0001ah\u0000s.");
        assertThat(self.entries().get("a")).isSameAs(self);
    }

    private static Pickled read(String latin1) throws PickleException {
        return new Unpickler(ByteBuffer.wrap(latin1.getBytes(StandardCharsets.ISO_8859_1))).read();
    }
}
