package dev.genfleet.importer.dit;

import dev.genfleet.importer.checkpoint.Checkpoint;
import dev.genfleet.importer.checkpoint.CheckpointException;
import dev.genfleet.importer.checkpoint.StoredTensor;
import java.io.IOException;
import java.util.Optional;

/**
 * Diffusers' layout holds the embedders of timestep and class once for every block. A graph embeds once, from block 0's, which is
 * right only as long as all are the same.
 */
final class EmbedderCopies {

    private static final String FIRST = "transformer_blocks.0" + DitKeys.EMBEDDERS;

    private EmbedderCopies() {}

    /**
     * Compares all copies with block 0's; missing ones and other shapes are left to the check of the whole checkpoint.
     *
     * @throws CheckpointException naming the first that differs, or when the checkpoint cannot be read
     */
    static void verify(Checkpoint checkpoint, int depth) throws CheckpointException {
        for (StoredTensor first : checkpoint.tensors()) {
            if (first.name().startsWith(FIRST)) {
                for (int block = 1; block < depth; block++) {
                    String key = "transformer_blocks." + block + DitKeys.EMBEDDERS
                            + first.name().substring(FIRST.length());
                    Optional<StoredTensor> copy = checkpoint.find(key);
                    if (copy.isPresent() && differ(first, copy.get(), checkpoint)) {
                        throw new CheckpointException(key + " of " + checkpoint.file() + " differs from " + first.name()
                                + ", but a DiT has one embedder, of which every block holds a copy");
                    }
                }
            }
        }
    }

    private static boolean differ(StoredTensor first, StoredTensor copy, Checkpoint checkpoint)
            throws CheckpointException {
        if (!first.shape().equals(copy.shape())) {
            return false;
        }
        try {
            return first.type() != copy.type() || first.read().mismatch(copy.read()) >= 0;
        } catch (IOException e) {
            throw new CheckpointException(checkpoint.file() + " cannot be read: " + e.getMessage(), e);
        }
    }
}
