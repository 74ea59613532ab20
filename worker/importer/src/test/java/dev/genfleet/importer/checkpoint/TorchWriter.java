package dev.genfleet.importer.checkpoint;

import dev.genfleet.importer.Tensor;
import dev.genfleet.importer.pickle.PickleWriter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Writes state dicts of 32-bit floats in the form of {@code torch.save}. */
public final class TorchWriter {

    private static final int ALIGNMENT = 64;
    private static final int LOCAL_HEADER = 30;

    private TorchWriter() {}

    public static Path write(Path file, Map<String, Tensor> tensors) throws IOException {
        PickleWriter pickle = new PickleWriter().op("}(");
        int storage = 0;
        for (Map.Entry<String, Tensor> tensor : tensors.entrySet()) {
            pickle.text(tensor.getKey())
                    .tensor(Integer.toString(storage++), tensor.getValue().shape());
        }
        ZipWriter archive =
                new ZipWriter().entry("model/data.pkl", pickle.op("u").end());
        int index = 0;
        for (Tensor tensor : tensors.values()) {
            String name = "model/data/" + index++;
            pad(archive, name);
            archive.entry(name, bytes(tensor));
        }
        return Files.write(file, archive.end());
    }

    /** An entry between, so that the next one's bytes start where {@code torch.save} would let them start. */
    private static void pad(ZipWriter archive, String next) {
        String name = "model/.pad/" + archive.position();
        int start = archive.position() + 2 * LOCAL_HEADER + name.length() + next.length();
        archive.entry(name, new byte[(ALIGNMENT - start % ALIGNMENT) % ALIGNMENT]);
    }

    private static byte[] bytes(Tensor tensor) {
        ByteBuffer bytes =
                ByteBuffer.allocate(tensor.values().length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(tensor.values());
        return bytes.array();
    }
}
