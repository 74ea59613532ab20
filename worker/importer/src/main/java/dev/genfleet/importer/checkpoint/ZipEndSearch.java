package dev.genfleet.importer.checkpoint;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;

/**
 * Finds the end record of a zip archive (APPNOTE 4.3.14 to 4.3.16), which must end the file but for its comment. The 64-bit
 * record is used where the narrow one points to it, as PyTorch always writes both.
 */
record ZipEndSearch(Path file, FileChannel channel) {

    /** Longest directory that is read: some 150,000 tensors. */
    static final int MAX_DIRECTORY_BYTES = 16 << 20;

    private static final int SIGNATURE = 0x06054b50;
    private static final int BYTES = 22;
    private static final int LOCATOR_SIGNATURE = 0x07064b50;
    private static final int LOCATOR_BYTES = 20;
    private static final int LARGE_SIGNATURE = 0x06064b50;
    private static final int LARGE_BYTES = 56;
    private static final int MAX_COMMENT = 0xffff;
    private static final int CENTRAL_BYTES = 46;

    ZipEnd find() throws CheckpointException, IOException {
        long size = channel.size();
        int tailBytes = (int) Math.min(size, BYTES + MAX_COMMENT);
        ByteBuffer tail = FileBytes.read(channel, size - tailBytes, tailBytes);
        for (int at = tailBytes - BYTES; at >= 0; at--) {
            if (tail.getInt(at) == SIGNATURE && Short.toUnsignedInt(tail.getShort(at + 20)) == tailBytes - BYTES - at) {
                return checked(read(tail.slice(at, BYTES).order(tail.order()), size - tailBytes + at));
            }
        }
        throw new CheckpointException(file + " begins as a zip archive but has no end of one: it is truncated");
    }

    private ZipEnd read(ByteBuffer end, long position) throws CheckpointException, IOException {
        if (isLaterDisk(end.getShort(4)) || isLaterDisk(end.getShort(6))) {
            throw new CheckpointException(file + " is one part of a zip archive in several, but must be whole");
        }
        ZipEnd narrow = new ZipEnd(
                Integer.toUnsignedLong(end.getInt(16)),
                Integer.toUnsignedLong(end.getInt(12)),
                Short.toUnsignedLong(end.getShort(10)));
        if (position < LOCATOR_BYTES + LARGE_BYTES) {
            return within(narrow, position);
        }
        ByteBuffer locator = FileBytes.read(channel, position - LOCATOR_BYTES, LOCATOR_BYTES);
        if (locator.getInt(0) != LOCATOR_SIGNATURE) {
            return within(narrow, position);
        }
        long at = locator.getLong(8);
        if (at < 0 || at > position - LOCATOR_BYTES - LARGE_BYTES) {
            throw damaged("its end lies outside it");
        }
        ByteBuffer large = FileBytes.read(channel, at, LARGE_BYTES);
        if (large.getInt(0) != LARGE_SIGNATURE) {
            throw damaged("its end is not where it should be");
        }
        ZipEnd wide = within(new ZipEnd(large.getLong(48), large.getLong(40), large.getLong(32)), at);
        if (differs(narrow.directoryOffset(), wide.directoryOffset(), 0xffff_ffffL)
                || differs(narrow.directoryBytes(), wide.directoryBytes(), 0xffff_ffffL)
                || differs(narrow.entries(), wide.entries(), 0xffff)) {
            throw damaged("it has two ends that differ");
        }
        return wide;
    }

    private static boolean isLaterDisk(short disk) {
        return disk != 0 && disk != -1; // the latter: said in the 64-bit record
    }

    private static boolean differs(long narrow, long wide, long elsewhere) {
        return narrow != elsewhere && narrow != wide;
    }

    private ZipEnd within(ZipEnd end, long limit) throws CheckpointException {
        if (end.directoryOffset() < 0
                || end.directoryBytes() < 0
                || end.directoryOffset() > limit
                || end.directoryBytes() > limit - end.directoryOffset()) {
            throw damaged("its directory lies outside it");
        }
        return end;
    }

    private ZipEnd checked(ZipEnd end) throws CheckpointException {
        if (end.directoryBytes() > MAX_DIRECTORY_BYTES) {
            throw new CheckpointException(file + " has a zip directory of " + end.directoryBytes()
                    + " bytes, but at most " + MAX_DIRECTORY_BYTES + " are read");
        }
        if (end.entries() < 0 || end.entries() > end.directoryBytes() / CENTRAL_BYTES) {
            throw damaged("it announces more entries than its directory holds");
        }
        return end;
    }

    private CheckpointException damaged(String how) {
        return new CheckpointException(file + " is a damaged zip archive: " + how);
    }
}
