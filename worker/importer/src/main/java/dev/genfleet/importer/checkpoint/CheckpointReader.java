package dev.genfleet.importer.checkpoint;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/** Reads the list of tensors of one file or, through its index, of several. */
final class CheckpointReader {

    private CheckpointReader() {}

    static List<StoredTensor> read(Path file) throws CheckpointException, IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            CheckpointForm form = CheckpointForm.of(file, channel);
            return form == CheckpointForm.SHARD_INDEX
                    ? ShardIndex.read(file, channel).tensors()
                    : read(file, channel, form);
        }
    }

    /** A shard, which cannot be an index. */
    static List<StoredTensor> readShard(Path file) throws CheckpointException, IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            return read(file, channel, CheckpointForm.of(file, channel));
        }
    }

    private static List<StoredTensor> read(Path file, FileChannel channel, CheckpointForm form)
            throws CheckpointException, IOException {
        return switch (form) {
            case SAFETENSORS -> Safetensors.tensors(file, channel);
            case TORCH_ARCHIVE -> new TorchArchive(file, channel).tensors();
            case TORCH_LEGACY -> new TorchLegacy(file, channel).tensors();
            case SHARD_INDEX -> throw new CheckpointException(file + " is an index, but a shard must hold tensors");
        };
    }
}
