package dev.genfleet.importer.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.genfleet.importer.Golden;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Files that PyTorch wrote; {@code make.py} beside them says how. */
final class Resources {

    private Resources() {}

    static Path torch(String name) {
        return Golden.path("../torch/" + name);
    }

    /** The same keys with the same types, shapes and bytes. */
    static void assertSame(Checkpoint actual, Checkpoint expected) throws IOException {
        assertThat(actual.tensors().stream().map(StoredTensor::name))
                .containsExactlyElementsOf(
                        expected.tensors().stream().map(StoredTensor::name).toList());
        for (StoredTensor tensor : expected.tensors()) {
            StoredTensor other = actual.find(tensor.name()).orElseThrow();
            assertThat(other.type()).as(tensor.name()).isEqualTo(tensor.type());
            assertThat(other.shape()).as(tensor.name()).isEqualTo(tensor.shape());
            assertThat(other.read()).as(tensor.name()).isEqualTo(tensor.read());
        }
    }

    /** In place: file systems sync files that are truncated and written anew, which takes milliseconds. */
    static void overwrite(Path file, byte[] content) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap(content), 0);
            channel.truncate(content.length);
        }
    }
}
