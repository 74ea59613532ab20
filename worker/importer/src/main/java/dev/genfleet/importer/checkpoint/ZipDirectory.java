package dev.genfleet.importer.checkpoint;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Lists a zip archive and finds where each record's bytes lie, which {@link java.util.zip.ZipFile} does not tell. Stricter than
 * unpackers, since offsets are used in place: names are unique and relative, central and local headers agree, records neither
 * overlap nor leave the archive. Source: PKWARE's APPNOTE 6.3, sections 4.3 to 4.5. Only headers are read.
 *
 * @param file for messages
 * @param channel the archive
 */
record ZipDirectory(Path file, FileChannel channel) {

    private static final int CENTRAL_SIGNATURE = 0x02014b50;
    private static final int CENTRAL_BYTES = 46;
    private static final int LOCAL_SIGNATURE = 0x04034b50;
    private static final int LOCAL_BYTES = 30;
    private static final int ENCRYPTED = 1 | 1 << 6 | 1 << 13;
    private static final int SIZES_FOLLOW = 1 << 3;

    /** The records by name, in the archive's order; folders, which hold nothing, are left out. */
    Map<String, ZipRecord> records() throws CheckpointException, IOException {
        ZipEnd end = new ZipEndSearch(file, channel).find();
        ByteBuffer central = FileBytes.read(channel, end.directoryOffset(), (int) end.directoryBytes());
        List<ZipRecord> inOrder = new ArrayList<>();
        List<Long> headers = new ArrayList<>();
        Map<String, ZipRecord> byName = new LinkedHashMap<>();
        for (long i = 0; i < end.entries(); i++) {
            ZipEntryHeader header = central(central);
            ZipRecord record = record(header, end.directoryOffset());
            inOrder.add(record);
            headers.add(header.offset());
            if (byName.put(record.name(), record) != null) {
                throw wrong(record.name(), "is listed twice");
            }
        }
        if (central.hasRemaining()) {
            throw new CheckpointException(file + " is a damaged zip archive: its directory has " + central.remaining()
                    + " bytes after the last of " + end.entries() + " entries");
        }
        checkOverlaps(inOrder, headers);
        byName.keySet().removeIf(name -> name.endsWith("/"));
        return byName;
    }

    private ZipEntryHeader central(ByteBuffer central) throws CheckpointException {
        if (central.remaining() < CENTRAL_BYTES || central.getInt(central.position()) != CENTRAL_SIGNATURE) {
            throw new CheckpointException(file + " is a damaged zip archive: entry expected at byte "
                    + central.position() + " of its directory");
        }
        ByteBuffer fixed = central.slice(central.position(), CENTRAL_BYTES).order(central.order());
        int name = Short.toUnsignedInt(fixed.getShort(28));
        int extra = Short.toUnsignedInt(fixed.getShort(30));
        int comment = Short.toUnsignedInt(fixed.getShort(32));
        central.position(central.position() + CENTRAL_BYTES);
        if (name + extra + comment > central.remaining()) {
            throw new CheckpointException(file + " is a damaged zip archive: an entry leaves its directory");
        }
        byte[] nameBytes = new byte[name];
        byte[] extraBytes = new byte[extra];
        central.get(nameBytes).get(extraBytes);
        central.position(central.position() + comment);
        ZipEntryHeader header = ZipEntryHeader.of(file, fixed, nameBytes, extraBytes);
        if ((header.flags() & ENCRYPTED) != 0) {
            throw wrong(header.name(), "is encrypted, but checkpoints are read as they are");
        }
        String complaint = ZipNames.complaint(header.name());
        if (!complaint.isEmpty()) {
            throw wrong(header.name(), complaint);
        }
        if (header.method() == ZipRecord.STORED && header.compressed() != header.uncompressed()) {
            throw wrong(
                    header.name(),
                    "is stored as it is, but has sizes " + header.compressed() + " and " + header.uncompressed());
        }
        return header;
    }

    private ZipRecord record(ZipEntryHeader header, long directory) throws CheckpointException, IOException {
        if (header.offset() < 0 || header.offset() > directory - LOCAL_BYTES) {
            throw wrong(header.name(), "begins at byte " + header.offset() + ", where no record can be");
        }
        ByteBuffer local = FileBytes.read(channel, header.offset(), LOCAL_BYTES);
        int name = Short.toUnsignedInt(local.getShort(26));
        long data = header.offset() + LOCAL_BYTES + name + Short.toUnsignedInt(local.getShort(28));
        if (local.getInt(0) != LOCAL_SIGNATURE || header.compressed() < 0 || header.compressed() > directory - data) {
            throw wrong(
                    header.name(),
                    "of " + header.compressed() + " bytes at byte " + header.offset()
                            + " has no header there or leaves the archive");
        }
        int flags = Short.toUnsignedInt(local.getShort(6));
        boolean sameName = name == header.nameBytes().remaining()
                && FileBytes.read(channel, header.offset() + LOCAL_BYTES, name).equals(header.nameBytes());
        boolean sameForm = Short.toUnsignedInt(local.getShort(8)) == header.method() && (flags & ENCRYPTED) == 0;
        if (!sameName || !sameForm || !sameSizes(header, local, flags)) {
            throw wrong(header.name(), "is described one way in the directory and another at its place");
        }
        return new ZipRecord(header.name(), header.method(), data, header.compressed());
    }

    private static boolean sameSizes(ZipEntryHeader header, ByteBuffer local, int flags) {
        int[] found = {local.getInt(18), local.getInt(22)};
        long[] expected = {header.compressed(), header.uncompressed()};
        for (int i = 0; i < found.length; i++) {
            boolean elsewhere = (found[i] == 0 && (flags & SIZES_FOLLOW) != 0) || found[i] == ZipEntryHeader.IN_EXTRA;
            if (!elsewhere && Integer.toUnsignedLong(found[i]) != expected[i]) {
                return false;
            }
        }
        return true;
    }

    private void checkOverlaps(List<ZipRecord> records, List<Long> headers) throws CheckpointException {
        List<Integer> order = new ArrayList<>(records.size());
        for (int i = 0; i < records.size(); i++) {
            order.add(i);
        }
        order.sort(Comparator.comparing(headers::get));
        long end = 0;
        for (int i : order) {
            ZipRecord record = records.get(i);
            if (headers.get(i) < end) {
                throw wrong(record.name(), "overlaps the entry before it");
            }
            end = record.offset() + record.length();
        }
    }

    private CheckpointException wrong(String name, String what) {
        return new CheckpointException("entry " + Shown.text(name) + " of " + file + " " + what);
    }
}
