package dev.genfleet.importer.checkpoint;

import dev.genfleet.importer.pickle.PickleException;
import dev.genfleet.importer.pickle.Pickled;
import dev.genfleet.importer.pickle.Unpickler;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads what {@code torch.save} wrote before PyTorch 1.6 and still writes with {@code _use_new_zipfile_serialization=False}: five
 * pickles (a magic number, the version 1001, facts about the machine, the object, the storages' keys), then, in the order of the
 * keys, each storage as a 64-bit number of elements and its bytes. Storages lie where the pickles happen to end, so offsets need
 * not be multiples of the element size.
 *
 * @param file for messages and for the tensors' place
 * @param channel the file
 */
record TorchLegacy(Path file, FileChannel channel) {

    static final BigInteger MAGIC = new BigInteger("1950a86a20f9469cfc6c", 16);

    private static final long VERSION = 1001;

    List<StoredTensor> tensors() throws CheckpointException, IOException {
        ByteBuffer head = FileBytes.read(channel, 0, (int) Math.min(channel.size(), Unpickler.MAX_BYTES));
        if (!(unpickled(head, "magic number").read instanceof Pickled.Huge(BigInteger magic)) || !magic.equals(MAGIC)) {
            throw new CheckpointException(file + " is a pickle, but not one that torch.save wrote");
        }
        if (!(unpickled(head, "version").read instanceof Pickled.Whole(long version)) || version != VERSION) {
            throw new CheckpointException(file + " is of another version of PyTorch's legacy form than " + VERSION
                    + ", the only one that is read");
        }
        checkByteOrder(unpickled(head, "system information").read);
        Unpickling object = unpickled(head, "object");
        Map<String, TorchStorage> described = described(object.machine.persistentIds());
        Map<String, Long> offsets = offsets(unpickled(head, "list of storages").read, described, head.position());
        TorchPlaces places = (tensor, storage) -> {
            Long offset = offsets.get(storage.key());
            if (offset == null
                    || storage.bytes() != described.get(storage.key()).bytes()) {
                throw new CheckpointException(tensor + " lies in storage " + Shown.text(storage.key()) + ", which "
                        + (offset == null ? "is missing" : "the file describes in two ways"));
            }
            return offset;
        };
        return new TorchTensors(file, places).of(new StateDict(file).find(object.read));
    }

    /** A pickle and the machine that read it. */
    private record Unpickling(Pickled read, Unpickler machine) {}

    private Unpickling unpickled(ByteBuffer head, String what) throws CheckpointException {
        Unpickler machine = new Unpickler(head);
        try {
            return new Unpickling(machine.read(), machine);
        } catch (PickleException e) {
            throw new CheckpointException(
                    file + " is no sound checkpoint of PyTorch's legacy form: the pickle of its " + what + " "
                            + e.getMessage(),
                    e);
        }
    }

    private void checkByteOrder(Pickled system) throws CheckpointException {
        Map<String, Pickled> facts =
                PickledMap.of(system).map(PickledMap::entries).orElse(Map.of());
        if (!(facts.get("little_endian") instanceof Pickled.Truth(boolean little)) || !little) {
            throw new CheckpointException(
                    file + " is not said to be little-endian, but only that is read: save it anew on such a machine");
        }
    }

    private static Map<String, TorchStorage> described(List<Pickled> ids) {
        Map<String, TorchStorage> storages = new HashMap<>();
        for (Pickled id : ids) {
            TorchStorage.of(id).ifPresent(storage -> storages.putIfAbsent(storage.key(), storage));
        }
        return storages;
    }

    /** First bytes of the storages by key, {@code position} being that of the first one's number of elements. */
    private Map<String, Long> offsets(Pickled keys, Map<String, TorchStorage> described, long position)
            throws CheckpointException, IOException {
        if (!(keys instanceof Pickled.Sequence sequence)) {
            throw new CheckpointException(file + " has storages whose list " + PickleText.describe(keys));
        }
        Map<String, Long> offsets = new HashMap<>();
        long at = position;
        for (Pickled key : sequence.elements()) {
            if (!(key instanceof Pickled.Text(String name)) || !described.containsKey(name)) {
                throw new CheckpointException(file + " lists a storage that it does not describe"
                        + (key instanceof Pickled.Text(String unknown) ? ": " + Shown.text(unknown) : ""));
            }
            TorchStorage storage = described.get(name);
            if (storage.bytes() > channel.size() - at - Long.BYTES) {
                throw new CheckpointException(
                        file + " is truncated: storage " + Shown.text(name) + " has " + storage.bytes()
                                + " bytes, but only " + Math.max(0, channel.size() - at - Long.BYTES) + " follow");
            }
            long elements = FileBytes.read(channel, at, Long.BYTES).getLong();
            if (elements != storage.elements()) {
                throw new CheckpointException(file + " stores " + elements + " elements of storage " + Shown.text(name)
                        + ", but describes " + storage.elements());
            }
            offsets.put(name, at + Long.BYTES);
            at += Long.BYTES + storage.bytes();
        }
        return offsets;
    }
}
