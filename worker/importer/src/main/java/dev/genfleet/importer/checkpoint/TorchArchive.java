package dev.genfleet.importer.checkpoint;

import dev.genfleet.importer.pickle.PickleException;
import dev.genfleet.importer.pickle.Pickled;
import dev.genfleet.importer.pickle.Unpickler;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads the zip archives that {@code torch.save} writes since PyTorch 1.6: {@code NAME/data.pkl} describes the object,
 * {@code NAME/data/KEY} are its storages, uncompressed, and {@code NAME/byteorder} says how they are stored (little-endian where
 * it is missing, as before PyTorch 2.1). Only headers and the pickle are read.
 *
 * @param file for messages and for the tensors' place
 * @param channel the file
 */
record TorchArchive(Path file, FileChannel channel) {

    private static final String PICKLE = "data.pkl";
    private static final int MAX_BYTE_ORDER = 16;

    List<StoredTensor> tensors() throws CheckpointException, IOException {
        Map<String, ZipRecord> records = new ZipDirectory(file, channel).records();
        String folder = folder(records);
        if (records.containsKey(folder + "constants.pkl")) {
            throw new CheckpointException(file + " is a TorchScript program, but a state dict is needed: save one with"
                    + " torch.save(model.state_dict(), …)");
        }
        checkByteOrder(Optional.ofNullable(records.get(folder + "byteorder")));
        Pickled root = unpickled(records.get(folder + PICKLE));
        TorchPlaces places = (tensor, storage) -> {
            String name = folder + "data/" + storage.key();
            ZipRecord record = records.get(name);
            if (record == null) {
                throw new CheckpointException(tensor + " lies in entry " + Shown.text(name) + ", which is missing");
            }
            checkStored(record);
            if (record.length() < storage.bytes()) {
                throw new CheckpointException(tensor + " lies in a storage of " + storage.bytes() + " bytes, but entry "
                        + Shown.text(name) + " has " + record.length());
            }
            return record.offset();
        };
        return new TorchTensors(file, places).of(new StateDict(file).find(root));
    }

    private String folder(Map<String, ZipRecord> records) throws CheckpointException {
        List<String> pickles = records.keySet().stream()
                .filter(name -> name.endsWith("/" + PICKLE) && name.indexOf('/') == name.lastIndexOf('/'))
                .toList();
        if (pickles.size() != 1) {
            throw new CheckpointException(file + " is a zip archive with " + pickles.size() + " entries NAME/" + PICKLE
                    + ", but one that torch.save wrote has one");
        }
        return pickles.getFirst().substring(0, pickles.getFirst().length() - PICKLE.length());
    }

    private void checkByteOrder(Optional<ZipRecord> record) throws CheckpointException, IOException {
        if (record.isEmpty()) {
            return;
        }
        checkStored(record.get());
        int length = (int) Math.min(record.get().length(), MAX_BYTE_ORDER);
        String order = new String(
                FileBytes.read(channel, record.get().offset(), length).array(), StandardCharsets.US_ASCII);
        if (!order.equals("little")) {
            throw new CheckpointException(file + " has byteorder '" + Shown.text(order)
                    + "', but only little is read: save it anew on a" + " little-endian machine");
        }
    }

    private Pickled unpickled(ZipRecord record) throws CheckpointException, IOException {
        checkStored(record);
        if (record.length() > Unpickler.MAX_BYTES) {
            throw new CheckpointException("entry " + Shown.text(record.name()) + " of " + file + " is "
                    + record.length() + " bytes long, but at most " + Unpickler.MAX_BYTES + " are read");
        }
        try {
            return new Unpickler(FileBytes.read(channel, record.offset(), (int) record.length())).read();
        } catch (PickleException e) {
            throw new CheckpointException(
                    "entry " + Shown.text(record.name()) + " of " + file + " is no sound pickle: it " + e.getMessage(),
                    e);
        }
    }

    private void checkStored(ZipRecord record) throws CheckpointException {
        if (record.method() != ZipRecord.STORED) {
            throw new CheckpointException("entry " + Shown.text(record.name()) + " of " + file
                    + " is compressed, but weights are used in place: save it anew with torch.save");
        }
    }
}
