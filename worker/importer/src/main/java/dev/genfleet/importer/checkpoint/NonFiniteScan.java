package dev.genfleet.importer.checkpoint;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.LongConsumer;

/**
 * Looks for NaN and infinite weights. Reads every float tensor (F16, BF16, F32, F64) once, a block at a time, so memory does not
 * depend on the checkpoint. Not thread-safe: one scan has one buffer.
 */
public final class NonFiniteScan {

    /** Small enough for the cache, so that the copy out of the read buffer costs next to nothing. */
    private static final int BLOCK_BYTES = 256 << 10;

    private final ByteBuffer block = ByteBuffer.allocateDirect(BLOCK_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    private final long[] words = new long[BLOCK_BYTES / Long.BYTES];
    private final LongConsumer progress;

    /**
     * A scan.
     *
     * @param progress is told the bytes scanned since it was last told, on the caller's thread
     */
    public NonFiniteScan(LongConsumer progress) {
        this.progress = progress;
    }

    /** Bytes that a scan of these tensors reads, for a progress bar. */
    public static long bytes(Collection<StoredTensor> tensors) {
        return tensors.stream()
                .filter(tensor -> FloatBits.of(tensor.type()).isPresent())
                .mapToLong(StoredTensor::length)
                .sum();
    }

    /**
     * The tensors that hold values other than finite ones, in the order of their keys.
     *
     * @throws IOException when a file cannot be read to the end of a tensor
     */
    public List<NonFinite> of(Collection<StoredTensor> tensors) throws IOException {
        List<NonFinite> found = new ArrayList<>();
        List<Path> files = tensors.stream().map(StoredTensor::file).distinct().toList();
        for (Path file : files) {
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
                for (StoredTensor tensor : inFileOrder(tensors, file)) {
                    scan(tensor, channel).ifPresent(found::add);
                }
            }
        }
        found.sort(Comparator.comparing(NonFinite::tensor));
        return List.copyOf(found);
    }

    private static List<StoredTensor> inFileOrder(Collection<StoredTensor> tensors, Path file) {
        return tensors.stream()
                .filter(tensor -> tensor.file().equals(file))
                .sorted(Comparator.comparingLong(StoredTensor::offset))
                .toList();
    }

    private Optional<NonFinite> scan(StoredTensor tensor, FileChannel channel) throws IOException {
        Optional<FloatBits> form = FloatBits.of(tensor.type());
        if (form.isEmpty()) {
            return Optional.empty();
        }
        long nans = 0;
        long infinities = 0;
        long end = tensor.offset() + tensor.length();
        for (long at = tensor.offset(); at < end; at += BLOCK_BYTES) {
            int bytes = (int) Math.min(BLOCK_BYTES, end - at);
            int count = fill(channel, at, bytes);
            if (!form.get().allFinite(words, count)) {
                for (int i = 0; i < count; i++) {
                    if (!form.get().isFinite(words[i])) {
                        nans += form.get().nans(words[i]);
                        infinities += form.get().infinities(words[i]);
                    }
                }
            }
            progress.accept(bytes);
        }
        return nans + infinities == 0 ? Optional.empty() : Optional.of(new NonFinite(tensor.name(), nans, infinities));
    }

    /** Reads into {@link #words}, the last one filled up with zeros; returns how many words that makes. */
    private int fill(FileChannel channel, long position, int bytes) throws IOException {
        block.clear().limit(bytes);
        while (block.hasRemaining()) {
            if (channel.read(block, position + block.position()) < 0) {
                throw new EOFException("the file became shorter while it was read");
            }
        }
        int count = Math.ceilDiv(bytes, Long.BYTES);
        block.limit(count * Long.BYTES);
        while (block.hasRemaining()) {
            block.put((byte) 0);
        }
        block.flip().asLongBuffer().get(words, 0, count);
        return count;
    }
}
