package dev.genfleet.importer.checkpoint;

import dev.genfleet.importer.pickle.Pickled;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Turns the tensors of a state dict into places in the file. Tensors may share a storage.
 *
 * @param file that holds the storages
 * @param places finds them
 */
record TorchTensors(Path file, TorchPlaces places) {

    List<StoredTensor> of(Map<String, Pickled> values) throws CheckpointException {
        List<StoredTensor> tensors = new ArrayList<>(values.size());
        for (Map.Entry<String, Pickled> entry : values.entrySet()) {
            tensors.add(tensor(entry.getKey(), entry.getValue()));
        }
        return tensors;
    }

    private StoredTensor tensor(String name, Pickled value) throws CheckpointException {
        TorchTensor tensor = TorchTensor.of(value)
                .orElseThrow(() -> wrong(
                        name,
                        PickleText.describe(value)
                                + ", but only dense tensors of whole-byte types in plain storages are read"));
        if (!tensor.isContiguous()) {
            throw wrong(
                    name,
                    "of shape " + tensor.shape() + " has strides " + tensor.strides()
                            + ", but must lie row by row; save it after contiguous()");
        }
        long start = places.find("tensor " + Shown.text(name) + " of " + file, tensor.storage());
        long offset;
        StoredTensor stored;
        try {
            long view = Math.multiplyExact(tensor.storage().viewOffset(), (long)
                    tensor.storage().type().bytes());
            offset = Math.addExact(view, Math.multiplyExact(tensor.offset(), (long)
                    tensor.type().bytes()));
            stored = new StoredTensor(name, tensor.type(), tensor.shape(), file, Math.addExact(start, offset));
            if (Math.addExact(offset, stored.length()) <= tensor.storage().bytes()) {
                return stored;
            }
        } catch (ArithmeticException e) {
            throw new CheckpointException(
                    "tensor " + Shown.text(name) + " of " + file + " has shape " + tensor.shape()
                            + ", but no file is that large",
                    e);
        }
        throw wrong(
                name,
                "of " + stored.length() + " bytes from byte " + offset + " leaves its storage of "
                        + tensor.storage().bytes());
    }

    private CheckpointException wrong(String name, String what) {
        return new CheckpointException("tensor " + Shown.text(name) + " of " + file + " " + what);
    }
}
