package dev.genfleet.importer.checkpoint;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** The forms of checkpoint that are read, told apart by their first bytes; the name decides only where these do not. */
enum CheckpointForm {
    SAFETENSORS,
    TORCH_ARCHIVE,
    TORCH_LEGACY,
    SHARD_INDEX;

    /** What a person can give. */
    static final String READABLE =
            ".safetensors, PyTorch's .pt, .pth, .bin and .ckpt, and the .index.json of sharded ones";

    private static final int SNIFFED = 512;
    private static final int PICKLE = 0x80;
    private static final int NEWEST_PICKLE = 5;
    private static final String TEXT_PICKLE = "L119547037146038801333356L";

    static CheckpointForm of(Path file, FileChannel channel) throws CheckpointException, IOException {
        ByteBuffer start = FileBytes.read(channel, 0, (int) Math.min(channel.size(), SNIFFED));
        String text = StandardCharsets.ISO_8859_1.decode(start.duplicate()).toString();
        if (text.isEmpty()) {
            throw new CheckpointException(file + " is empty; readable are " + READABLE);
        }
        // a header below 2^48 bytes leaves two zeros, which neither JSON nor the other forms have there
        if (text.length() > Long.BYTES && text.charAt(Long.BYTES) == '{' && start.getLong(0) >>> 48 == 0) {
            return SAFETENSORS;
        }
        if (text.startsWith("PK")) {
            return TORCH_ARCHIVE;
        }
        if (text.stripLeading().startsWith("{")) {
            return SHARD_INDEX;
        }
        boolean pickle = text.charAt(0) == PICKLE && text.length() > 1 && text.charAt(1) <= NEWEST_PICKLE;
        if (pickle || text.startsWith(TEXT_PICKLE)) {
            return TORCH_LEGACY;
        }
        String foreign = foreign(text);
        if (foreign.isEmpty() && file.toString().endsWith(".safetensors")) {
            return SAFETENSORS;
        }
        throw new CheckpointException(
                file + " is " + (foreign.isEmpty() ? "no checkpoint" : foreign) + "; readable are " + READABLE);
    }

    /** Names what people give by mistake. */
    private static String foreign(String text) {
        if (text.startsWith("version https://git-lfs")) {
            return "a pointer of Git LFS in place of the weights: fetch them with git lfs pull";
        }
        if (text.stripLeading().startsWith("<")) {
            return "a web page or XML";
        }
        if (text.startsWith("GGUF")) {
            return "a GGUF file";
        }
        if (text.startsWith("\u0089HDF")) {
            return "an HDF5 file";
        }
        if (text.startsWith("\u0093NUMPY")) {
            return "a NumPy array";
        }
        if (text.startsWith("\u001f\u008b")) {
            return "compressed with gzip";
        }
        return text.length() > 262 && text.startsWith("ustar", 257) ? "a tar archive" : "";
    }
}
