package dev.genfleet.worker.checkpoint;

import dev.genfleet.engine.Checkpoint;
import dev.genfleet.engine.SampleState;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * Checkpoints as bytes, little-endian: eight bytes of magic; the version; the model's digest, two bytes of length before it; the 32 bytes
 * of the spec's SHA-256; the number of samples; of each its step, the numbers n of its latents and h of its history's arrays, then
 * n + h · n float32; at the end the CRC-32C (RFC 3720, appendix B.4) of all that. Counts have four bytes.
 *
 * <p>Reading allocates nothing that the bytes do not hold, and answers with a reason whatever they are.
 */
final class CheckpointFormat {

    /** Bytes of another version are ignored. */
    static final int VERSION = 1;

    private static final byte[] MAGIC = "GFCKPT\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final int SHA_BYTES = 32;
    private static final int COUNTS_OF_A_SAMPLE = 3;

    private CheckpointFormat() {}

    /** Bytes that a checkpoint takes. */
    static long size(Checkpoint checkpoint, Fit fit) {
        long size = MAGIC.length
                + 2L * Integer.BYTES
                + Short.BYTES
                + fit.modelDigest().getBytes(StandardCharsets.UTF_8).length
                + SHA_BYTES
                + Integer.BYTES;
        for (SampleState sample : checkpoint.samples()) {
            long arrays = 1L + sample.history().length;
            size += (long) COUNTS_OF_A_SAMPLE * Integer.BYTES + arrays * sample.latents().length * Float.BYTES;
        }
        return size;
    }

    /**
     * Writes a checkpoint.
     *
     * @throws ArithmeticException when it takes 2 GiB or more
     */
    static byte[] write(Checkpoint checkpoint, Fit fit) {
        byte[] digest = fit.modelDigest().getBytes(StandardCharsets.UTF_8);
        ByteBuffer out =
                ByteBuffer.allocate(Math.toIntExact(size(checkpoint, fit))).order(ByteOrder.LITTLE_ENDIAN);
        out.put(MAGIC).putInt(VERSION).putShort((short) digest.length).put(digest);
        out.put(HexFormat.of().parseHex(fit.specSha256()));
        out.putInt(checkpoint.samples().size());
        for (SampleState sample : checkpoint.samples()) {
            out.putInt(sample.step()).putInt(sample.latents().length).putInt(sample.history().length);
            put(out, sample.latents());
            for (float[] array : sample.history()) {
                put(out, array);
            }
        }
        out.putInt(crc(out.slice(0, out.position())));
        return out.array();
    }

    /** Reads what {@link #write} wrote, or says why it is of no use for {@code fit}. */
    static Reading read(byte[] bytes, Fit fit) {
        ByteBuffer in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        try {
            return new Reading.Usable(read(in, fit));
        } catch (UnusableException e) {
            return new Reading.Unusable(e.getMessage());
        }
    }

    private static Checkpoint read(ByteBuffer in, Fit fit) throws UnusableException {
        byte[] magic = new byte[MAGIC.length];
        need(in, MAGIC.length + Integer.BYTES);
        in.get(magic);
        require(Arrays.equals(magic, MAGIC), "it is no checkpoint");
        int version = in.getInt();
        require(version == VERSION, "it has version " + version + " of the format, not " + VERSION);
        need(in, Integer.BYTES);
        int end = in.limit() - Integer.BYTES;
        require(in.getInt(end) == crc(in.slice(0, end)), "it is damaged: its checksum is another one");
        in.limit(end);
        require(text(in).equals(fit.modelDigest()), "it is of a model with another digest");
        byte[] sha = new byte[SHA_BYTES];
        need(in, SHA_BYTES);
        in.get(sha);
        require(HexFormat.of().formatHex(sha).equals(fit.specSha256()), "it is of another spec");
        int samples = count(in);
        need(in, (long) samples * COUNTS_OF_A_SAMPLE * Integer.BYTES);
        List<SampleState> states = new ArrayList<>(samples);
        for (int i = 0; i < samples; i++) {
            states.add(sample(in));
        }
        require(!in.hasRemaining(), "it has " + in.remaining() + " bytes too many");
        return new Checkpoint(states);
    }

    private static SampleState sample(ByteBuffer in) throws UnusableException {
        int step = count(in);
        int elements = count(in);
        int arrays = count(in);
        require(elements > 0, "a sample of it has no latents");
        long numbers = elements * (1L + arrays);
        need(in, numbers > Integer.MAX_VALUE ? Long.MAX_VALUE : numbers * Float.BYTES);
        float[] latents = floats(in, elements);
        float[][] history = new float[arrays][];
        for (int i = 0; i < arrays; i++) {
            history[i] = floats(in, elements);
        }
        return new SampleState(step, latents, history);
    }

    private static String text(ByteBuffer in) throws UnusableException {
        need(in, Short.BYTES);
        int length = Short.toUnsignedInt(in.getShort());
        need(in, length);
        byte[] utf8 = new byte[length];
        in.get(utf8);
        return new String(utf8, StandardCharsets.UTF_8);
    }

    private static int count(ByteBuffer in) throws UnusableException {
        need(in, Integer.BYTES);
        int count = in.getInt();
        require(count >= 0, "it has a count of " + count);
        return count;
    }

    private static float[] floats(ByteBuffer in, int count) {
        float[] array = new float[count];
        in.asFloatBuffer().get(array);
        in.position(in.position() + count * Float.BYTES);
        return array;
    }

    private static void put(ByteBuffer out, float[] array) {
        out.asFloatBuffer().put(array);
        out.position(out.position() + array.length * Float.BYTES);
    }

    private static void need(ByteBuffer in, long bytes) throws UnusableException {
        require(in.remaining() >= bytes, "it ends too early");
    }

    private static void require(boolean holds, String otherwise) throws UnusableException {
        if (!holds) {
            throw new UnusableException(otherwise);
        }
    }

    private static int crc(ByteBuffer bytes) {
        CRC32C crc = new CRC32C();
        crc.update(bytes);
        return (int) crc.getValue();
    }

    /** What came of reading. */
    sealed interface Reading {

        /**
         * A generation can go on from there.
         *
         * @param checkpoint where
         */
        record Usable(Checkpoint checkpoint) implements Reading {}

        /**
         * Of no use.
         *
         * @param reason why, to follow "because"
         */
        record Unusable(String reason) implements Reading {}
    }

    private static final class UnusableException extends Exception {
        private static final long serialVersionUID = 1L;

        UnusableException(String reason) {
            super(reason, null, false, false);
        }
    }
}
