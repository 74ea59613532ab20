package dev.genfleet.importer.checkpoint;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/**
 * Reads {@code .safetensors}: eight bytes of little-endian header length, a JSON object of tensors, then their bytes. As strict
 * as the format's reference reader: every byte after the header belongs to exactly one tensor. Only the header is read.
 */
public final class Safetensors {

    /** Longest header that is read, as in the reference reader. */
    static final long MAX_HEADER_BYTES = 100_000_000;

    private static final int PREFIX_BYTES = Long.BYTES;

    private Safetensors() {}

    /**
     * Lists the tensors of a file.
     *
     * @throws CheckpointException when the file is not whole or not of this form; the sentence names file and tensor
     * @throws IOException when the file cannot be read
     */
    public static Checkpoint open(Path file) throws CheckpointException, IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            return new Checkpoint(file, tensors(file, channel));
        }
    }

    static List<StoredTensor> tensors(Path file, FileChannel channel) throws CheckpointException, IOException {
        long size = channel.size();
        if (size < PREFIX_BYTES + 2) {
            throw new CheckpointException(
                    file + " is " + size + " bytes long, but a safetensors file has at least " + (PREFIX_BYTES + 2));
        }
        long header = FileBytes.read(channel, 0, PREFIX_BYTES).getLong();
        if (header < 2 || header > MAX_HEADER_BYTES) {
            throw new CheckpointException(file + " announces a header of " + Long.toUnsignedString(header)
                    + " bytes, but a safetensors header has 2 to " + MAX_HEADER_BYTES);
        }
        if (header > size - PREFIX_BYTES) {
            throw new CheckpointException(file + " announces a header of " + header + " bytes, but only "
                    + (size - PREFIX_BYTES) + " bytes follow: the file is truncated or not safetensors");
        }
        byte[] json = FileBytes.read(channel, PREFIX_BYTES, (int) header).array();
        return new SafetensorsHeader(file, PREFIX_BYTES + header, size).parse(json);
    }
}
