package dev.genfleet.engine;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The open lanes and the bytes of their buffers. A lane is in use while a generation of it is admitted; one that is not stays open
 * for the next, until its room is needed: then the one unused for longest goes first. Owned by the engine's thread.
 */
final class Lanes implements AutoCloseable {

    private final Map<LaneKey, Open> open = new LinkedHashMap<>();
    private long bytes;

    /** A lane is open already. */
    boolean has(LaneKey key) {
        return open.containsKey(key);
    }

    void add(LaneKey key, Lane lane, long size) {
        open.put(key, new Open(lane, size));
        bytes += size;
    }

    Lane get(LaneKey key) {
        return open.get(key).lane;
    }

    /** Another generation uses the lane. */
    void use(LaneKey key) {
        open.get(key).users++;
    }

    /** One of the generations that used the lane is gone. */
    void leave(LaneKey key) {
        Open left = open.remove(key);
        left.users--;
        open.put(key, left); // now the one that was used last
    }

    /** Bytes of all open lanes. */
    long bytes() {
        return bytes;
    }

    /** Bytes of the lanes that nobody uses, {@code but} aside. */
    long idleBytes(LaneKey but) {
        long idle = 0;
        for (Map.Entry<LaneKey, Open> each : open.entrySet()) {
            idle += each.getValue().users == 0 && !each.getKey().equals(but) ? each.getValue().size : 0;
        }
        return idle;
    }

    /** Closes lanes that nobody uses, {@code but} aside, until so many bytes are free that were not. */
    void free(long wanted, LaneKey but) {
        long target = bytes - wanted;
        for (Iterator<Map.Entry<LaneKey, Open>> all = open.entrySet().iterator(); bytes > target && all.hasNext(); ) {
            Map.Entry<LaneKey, Open> each = all.next();
            if (each.getValue().users == 0 && !each.getKey().equals(but)) {
                close(each.getValue());
                all.remove();
            }
        }
    }

    /** Closes the lanes of a model, which nobody may use. */
    void closeAll(String digest) {
        for (Iterator<Map.Entry<LaneKey, Open>> all = open.entrySet().iterator(); all.hasNext(); ) {
            Map.Entry<LaneKey, Open> each = all.next();
            if (each.getKey().digest().equals(digest)) {
                close(each.getValue());
                all.remove();
            }
        }
    }

    private void close(Open closing) {
        closing.lane.close();
        bytes -= closing.size;
    }

    @Override
    public void close() {
        open.values().forEach(this::close);
        open.clear();
    }

    private static final class Open {
        private final Lane lane;
        private final long size;
        private int users;

        Open(Lane lane, long size) {
            this.lane = lane;
            this.size = size;
        }
    }
}
